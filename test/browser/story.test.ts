import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPlatform } from './platform.ts'
import type { Platform } from './platform.ts'
import { signUp } from './story/1-sign-up.ts'
import { firstClick } from './story/2-first-click.ts'
import { liveChat } from './story/3-live-chat.ts'
import { archive } from './story/4-archive.ts'
import { upgrade } from './story/5-upgrade.ts'
import { openStage } from './story/stage.ts'

let platform: Platform
beforeAll(async () => {
  platform = await startPlatform()
})
afterAll(() => platform?.[Symbol.asyncDispose]())

test("a visitor's chat goes from first click to erased, on the screens of all who take part", async () => {
  await using stage = await openStage(platform)
  const { widgetKey } = await signUp(stage)
  await firstClick(stage, widgetKey)
  const told = await liveChat(stage)
  await archive(stage, told)
  await upgrade(stage)
  console.log(stage.owner.problems, stage.agent.problems, stage.visitor.problems)
})
