import { beforeAll, expect, test } from 'vitest'
import { answer, closeConversation, signIn } from '../acts/console.ts'
import { chatOn } from '../acts/visitor.ts'
import { newBusiness } from '../new-business.ts'
import type { Platform } from '../platform.ts'
import { signUp } from '../story/1-sign-up.ts'
import { firstClick } from '../story/2-first-click.ts'
import { liveChat } from '../story/3-live-chat.ts'
import { archive } from '../story/4-archive.ts'
import { upgrade } from '../story/5-upgrade.ts'
import { erasure } from '../story/6-erasure.ts'
import { openStage } from '../story/stage.ts'

let platform: Platform

export function storyTests(started: () => Platform): void {
  beforeAll(() => {
    platform = started()
  })

  test("a visitor's chat goes from first click to erased, on the screens of all who take part", async () => {
    await using stage = await openStage(platform)
    const { widgetKey } = await signUp(stage)
    await firstClick(stage, widgetKey)
    const told = await liveChat(stage)
    await archive(stage, told)
    await upgrade(stage)
    await erasure(stage, told)
    const problems = [stage.owner, stage.agent, stage.visitor].flatMap((person) => person.problems)
    // A cut line and a refused call are part of the story; everything else that a browser complains of is not.
    expect(problems.filter((problem) => !problem.startsWith('Failed to load resource'))).toEqual([])
  })

  test('a visitor who gives neither name nor mail is answered all the same, and no copy is mailed', async () => {
    await using stage = await openStage(platform)
    const { agent, visitor } = stage
    const { people, business } = await newBusiness(platform.url)
    await signIn(agent.page, platform.url, people.owner)
    const chat = chatOn(visitor.page)
    await visitor.page.goto(`${platform.shopUrl}/?key=${business.widgetKey}`)
    await chat.open()
    await chat.say('Just looking')

    const conversations = agent.page.getByRole('navigation', { name: 'Conversations' })
    await conversations.getByRole('link', { name: /^Visitor/ }).click()
    const contact = agent.page.getByRole('complementary', { name: 'Contact' })
    await expect.poll(() => contact.getByText('not given').count()).toBe(3)
    await answer(agent.page, 'Feel free')
    await chat.log.getByText('Feel free').waitFor()
    await closeConversation(agent.page)
    await visitor.page.getByText('This chat is closed.').waitFor()
    expect(await visitor.page.getByText('A copy goes to').count()).toBe(0)
    await agent.page.getByRole('link', { name: 'Open its transcript' }).click()
    await agent.page.getByText('no address given').waitFor()
    const letters = await (await fetch(`${platform.url}/mail/api/messages`)).text()
    expect(letters).not.toContain('Just looking')
  })
}
