import { services } from '@candor/contracts/callers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startStack } from '../stack.ts'
import type { Stack } from '../stack.ts'
import { isGone } from '../story/6-erasure.ts'
import { openCuttableLine } from '../story/cuttable-line.ts'
import { openMailbox } from '../story/mailbox.ts'
import { playStory } from '../story/story.ts'
import { createWorld } from '../story/world.ts'

let stack: Stack
beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack[Symbol.asyncDispose]())

test("a visitor's chat goes from first click to erased through all five services, and neither a restart nor the events told again bring it back", async () => {
  await using line = await openCuttableLine(stack.url)
  const world = createWorld({ url: stack.url, mailbox: openMailbox(stack.url), line })
  const told: string[] = []
  const { staffed, started } = await playStory(world, async (title, play) => {
    const outcome = await play()
    told.push(title)
    return outcome
  })
  expect(told).toHaveLength(6)

  for (const service of services) await stack.stop(service)
  await stack.nats.restart()
  for (const service of services) await stack.start(service)
  await isGone(world, staffed, started)
})
