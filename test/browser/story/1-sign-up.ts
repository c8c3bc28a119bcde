import { goTo, inviteColleague, joinColleagues, openAccount, signIn, signOut } from '../acts/console.ts'
import { linkTo } from '../acts/letters.ts'
import type { Stage } from './stage.ts'

/** A business opens an account and invites a colleague by mail; the link works once; both are in. */
export async function signUp({ platform, people, owner, agent }: Stage): Promise<{ widgetKey: string }> {
  const { page } = owner
  await openAccount(page, platform.url, { ...people.owner, company: people.company })
  const line = await page.getByLabel('Line to paste').textContent()
  const widgetKey = /data-key="([^"]+)"/.exec(line ?? '')?.[1]
  if (!widgetKey) throw new Error('the settings show no line to paste')
  await goTo(page, 'Billing')
  await page.getByRole('heading', { name: 'Trial plan' }).waitFor()

  await inviteColleague(page, people.agent.email)
  const letter = await platform.mailbox.letterTo(people.agent.email, '/invitation#token=')
  const link = linkTo('/invitation', letter)
  await joinColleagues(agent.page, link, people.agent)
  await signOut(page)
  await page.goto(link)
  await page.getByRole('textbox', { name: 'Your name' }).fill('Somebody Else')
  await page.getByRole('textbox', { name: 'Password' }).fill('another ten letters')
  await page.getByRole('button', { name: 'Join' }).click()
  await page.getByRole('alert').getByText('This invitation is no longer open').waitFor()

  await signIn(page, platform.url, people.owner)
  await goTo(page, 'Team')
  await page.getByText(people.agent.email).waitFor()
  return { widgetKey }
}
