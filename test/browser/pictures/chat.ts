import { answer, closeConversation, goTo } from '../acts/console.ts'
import { chatOn } from '../acts/visitor.ts'
import type { Scenery } from './scenery.ts'

/** A conversation from both sides, then its transcript. */
export async function photographChat({ url, business, camera, staff, visitor }: Scenery): Promise<void> {
  const chat = chatOn(visitor)
  await visitor.goto(`${url}/shop?key=${business.widgetKey}`)
  await chat.open()
  await chat.introduce(mina)
  await chat.say('Hi! Does the Postman come in green?')
  const row = staff.getByRole('navigation', { name: 'Conversations' }).getByRole('link')
  await row.filter({ hasText: mina.name }).click()
  await staff.getByRole('button', { name: 'Take' }).click()
  const messages = staff.getByRole('region', { name: 'Messages' })
  for (const [who, text] of talk) {
    await (who === 'staff' ? answer(staff, text) : chat.say(text))
    await (who === 'staff' ? chat.log : messages).getByText(text).waitFor()
  }
  await chat.log.getByText('Read', { exact: true }).last().waitFor()
  await staff.getByRole('textbox', { name: 'Your answer' }).pressSequentially('See you')
  await chat.log.getByText(/is typing/).waitFor()
  await camera.take(visitor, 'widget')
  await staff.getByRole('textbox', { name: 'Your answer' }).fill('')

  await staff.getByRole('radio', { name: 'All' }).click()
  await chat.message.pressSequentially('Great, ')
  await messages.getByText(/is typing/).waitFor()
  await camera.take(staff, 'inbox')
  await camera.take(staff, 'inbox-dark', 'dark')

  await closeConversation(staff)
  await staff.getByRole('button', { name: 'Dismiss' }).click()
  await goTo(staff, 'Transcripts')
  await staff.getByRole('searchbox').fill('moss green')
  await staff.getByRole('list', { name: 'Matches' }).getByRole('link', { name: mina.name }).click()
  await staff.getByRole('list', { name: 'Messages' }).waitFor()
  await camera.take(staff, 'transcript')
}

export const mina = { name: 'Mina Okafor', email: 'mina@example.net' }

const talk: ['staff' | 'visitor', string][] = [
  ['staff', 'Hello Mina! It does: moss green or bottle green.'],
  ['visitor', 'Moss green sounds lovely. Could I try one this week?'],
  ['staff', 'Of course. We have one in your size on the floor.'],
  ['staff', 'Shall I set it aside for Saturday?'],
  ['visitor', 'Yes please, Saturday at ten.'],
]
