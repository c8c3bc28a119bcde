import { expect } from 'vitest'
import { closeConversation, goTo } from '../acts/console.ts'
import type { Stage } from './stage.ts'

/** The agent closes it: the visitor is told, says how it went and gets one copy by mail; staff find what was said. */
export async function archive({ platform, people, agent, visitor }: Stage, told: string[]) {
  const { page } = agent
  await closeConversation(page)
  await visitor.page.getByText(`A copy goes to ${people.visitor.email}.`).waitFor()
  await visitor.page.getByRole('radio', { name: 'Good' }).check()
  await visitor.page.getByRole('button', { name: 'Send rating' }).click()
  await visitor.page.getByRole('status').filter({ hasText: 'Thank you.' }).waitFor()
  const letter = await platform.mailbox.letterTo(people.visitor.email, 'conversation')
  expect(told.filter((text) => !letter.text.includes(text) || !letter.html.includes(text))).toEqual([])

  await goTo(page, 'Transcripts')
  await page.getByRole('searchbox', { name: 'Search transcripts' }).fill('moss green')
  await page.getByRole('list', { name: 'Matches' }).getByRole('link', { name: people.visitor.name }).click()
  await page.getByRole('heading', { name: `Conversation with ${people.visitor.name}` }).waitFor()
  const entries = page.getByRole('list', { name: 'Messages' })
  for (const text of told) await entries.getByText(text, { exact: true }).waitFor()
  expect(await platform.mailbox.lettersTo(people.visitor.email)).toHaveLength(1)
}
