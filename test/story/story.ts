import { signUp } from './1-sign-up.ts'
import { firstClick } from './2-first-click.ts'
import { liveChat } from './3-live-chat.ts'
import { archive } from './4-archive.ts'
import { upgrade } from './5-upgrade.ts'
import { erasure } from './6-erasure.ts'
import type { World } from './world.ts'

/** Plays a visitor's chat from first click to erased. `step` runs each part and may report on it. */
export async function playStory(world: World, step: Step) {
  const staffed = await step('A business signs up and invites a colleague', () => signUp(world))
  const started = await step('A visitor writes, another stays anonymous', () => firstClick(world, staffed))
  const texts = await step('They chat live through a cut line', () => liveChat(world, staffed, started))
  await step('The transcript is archived, found, mailed and counted', () =>
    archive(world, staffed, started, texts),
  )
  await step('The owner upgrades at the payment provider', () => upgrade(staffed))
  const erased = await step('The visitor sees what is held and has it erased', () =>
    erasure(world, staffed, started),
  )
  return { staffed, started, ...erased }
}

export type Step = <T>(title: string, play: () => Promise<T>) => Promise<T>
