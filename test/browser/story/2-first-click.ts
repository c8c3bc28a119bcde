import { expect } from 'vitest'
import { goTo } from '../acts/console.ts'
import { chatOn } from '../acts/visitor.ts'
import type { Person } from '../person.ts'
import type { Stage } from './stage.ts'

/** On a shop's page nothing is kept before the first click, and nothing asked for but what to ask; after it, staff see who writes. */
export async function firstClick({ platform, people, agent, visitor }: Stage, widgetKey: string) {
  const { page } = visitor
  await goTo(agent.page, 'Inbox')
  await agent.page.getByText('Nobody is waiting').waitFor()

  const chat = chatOn(page)
  await page.goto(`${platform.shopUrl}/?key=${widgetKey}`)
  await chat.launcher.waitFor()
  await page.mouse.move(600, 400)
  await page.keyboard.press('Tab')
  await page.waitForLoadState('networkidle')
  const asked = visitor.requests.filter((address) => !address.startsWith(platform.shopUrl))
  expect(asked.map((address) => new URL(address).pathname)).toEqual([
    '/widget.js',
    '/widget-consent.js',
    '/trpc/privacy/getConsentPrompt',
  ])
  expect(await kept(visitor)).toEqual({ cookies: [], origins: [], session: 0, databases: [], caches: [] })

  await chat.open()
  await chat.introduce(people.visitor)
  await chat.say(question)
  await chat.log.getByText('Sent').waitFor()
  const row = agent.page.getByRole('navigation', { name: 'Conversations' }).getByRole('link')
  await row.filter({ hasText: people.visitor.name }).click()
  await agent.page.getByRole('region', { name: 'Messages' }).getByText(question).waitFor()
  await agent.page.getByRole('complementary', { name: 'Contact' }).getByText(people.visitor.email).waitFor()
}

export const question = 'Does the Swift come in green?'

/** All a page can leave behind in a browser. */
async function kept({ context, page }: Person) {
  const inPage = await page.evaluate(async () => ({
    session: sessionStorage.length,
    databases: await indexedDB.databases(),
    caches: 'caches' in window ? await caches.keys() : [],
  }))
  return { ...(await context.storageState()), ...inPage }
}
