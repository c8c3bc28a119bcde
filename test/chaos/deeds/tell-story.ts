import { startLine } from '@candor/testing/line'
import { playStory } from '../../story/story.ts'
import { createWorld } from '../../story/world.ts'
import type { DeedsPlace } from './deeds.ts'

/** A visitor's chat from first click to erased. */
export async function tellStory({ url, mailbox }: DeedsPlace): Promise<void> {
  await using line = await startLine(url)
  await playStory(createWorld({ url, mailbox, line }), (_, play) => play())
}
