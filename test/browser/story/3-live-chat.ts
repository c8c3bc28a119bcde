import { expect } from 'vitest'
import { answer } from '../acts/console.ts'
import { chatOn, shownOf } from '../acts/visitor.ts'
import { patienceMs } from '../person.ts'
import { question } from './2-first-click.ts'
import type { Stage } from './stage.ts'

/** One takes it; both see messages, typing, delivered and read; a cut line loses, doubles and disorders nothing. */
export async function liveChat({ platform, people, agent, visitor }: Stage): Promise<string[]> {
  const chat = chatOn(visitor.page)
  const messages = agent.page.getByRole('region', { name: 'Messages' })
  await agent.page.getByRole('button', { name: 'Take' }).click()
  await visitor.page.getByText(`${people.agent.name} is here`).waitFor()
  await chat.log.getByText('Read', { exact: true }).waitFor()

  const draft = agent.page.getByRole('textbox', { name: 'Your answer' })
  await draft.pressSequentially('It does')
  await chat.log.getByText(`${people.agent.name} is typing`).waitFor()
  await chat.message.pressSequentially('I need it')
  await messages.getByText(`${people.visitor.name} is typing`).waitFor()
  await chat.say('I need it for Saturday.')
  await messages.getByText('I need it for Saturday.').waitFor()

  await visitor.page.getByRole('button', { name: 'Close chat', expanded: true }).click()
  await answer(agent.page, 'It does, in moss green.')
  await messages.getByText('Delivered', { exact: true }).waitFor()
  await visitor.page.getByRole('button', { name: 'Open chat, 1 new' }).click()
  await messages.getByText('Read', { exact: true }).waitFor()

  platform.line.unplug()
  await visitor.context.setOffline(true)
  await visitor.page.getByText('Connection lost. Trying again.').waitFor()
  for (const text of ['Shall I set one aside', 'for Saturday?', 'We open at nine.'])
    await answer(agent.page, text)
  await chat.say('Are you still there?')
  await messages.getByText('We open at nine.').waitFor()
  expect(await shownOf(['We open at nine.', 'for Saturday?'], chat.log)).toEqual([])
  platform.line.plugIn()
  await visitor.context.setOffline(false)
  await messages.getByText('Are you still there?').waitFor()

  const told = [
    question,
    'I need it for Saturday.',
    'It does, in moss green.',
    'Shall I set one aside',
    'for Saturday?',
    'We open at nine.',
    'Are you still there?',
  ]
  const patience = { timeout: patienceMs }
  await expect.poll(() => shownOf(told, chat.log), patience).toEqual(told)
  await expect.poll(() => shownOf(told, messages), patience).toEqual(told)
  await visitor.page.getByText('Connection lost. Trying again.').waitFor({ state: 'detached' })
  return told
}
