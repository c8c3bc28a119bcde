import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { expect } from 'vitest'
import { goTo } from '../acts/console.ts'
import { linkTo } from '../acts/letters.ts'
import { askForCopy, eraseEverything, openAnswer } from '../acts/privacy.ts'
import { chatOn, shownOf } from '../acts/visitor.ts'
import { openPerson } from '../person.ts'
import type { Stage } from './stage.ts'

/** The visitor sees and takes along what is held, has it erased, and holds a receipt that needs nobody's word. */
export async function erasure({ platform, people, agent, visitor }: Stage, told: string[]): Promise<void> {
  const [page] = await Promise.all([
    visitor.context.waitForEvent('page'),
    visitor.page.getByRole('link', { name: 'Privacy', exact: true }).click(),
  ])
  await askForCopy(page, people.visitor.email)
  const letter = await platform.mailbox.letterTo(people.visitor.email, 'proof=')
  await openAnswer(page, linkTo('/privacy/', letter))
  await page.getByRole('heading', { name: `What ${people.company} holds about you` }).waitFor()
  await page.getByRole('region', { name: 'Chat' }).getByText(people.visitor.name).first().waitFor()
  for (const format of ['Data for other systems (JSON)', 'Page to read (HTML)']) {
    await page.getByRole('button', { name: 'Download' }).click()
    const copy = await readFile(await download(page, page.getByRole('menuitem', { name: format })), 'utf8')
    const held = [people.visitor.name, people.visitor.email, ...told]
    expect(held.filter((text) => !copy.includes(text))).toEqual([])
  }

  await eraseEverything(page)
  const receipt = await download(page, page.getByRole('button', { name: 'Download receipt' }))
  const verifier = new URL('../../../services/privacy/src/verify-receipt.ts', import.meta.url).pathname
  const { stdout } = await promisify(execFile)(process.execPath, [verifier, receipt])
  expect(stdout).toContain('Valid: the receipt is unchanged since it was signed.')
  expect(await readFile(receipt, 'utf8')).not.toMatch(
    new RegExp(`${people.visitor.name}|${people.visitor.email}`),
  )

  await checkOffline(
    platform.browser,
    page.url().replace(/\/requests\/.*/, '/receipt'),
    await readFile(receipt, 'utf8'),
  )

  await visitor.page.reload()
  await visitor.page.getByText(/^This chat (session has ended|has been deleted)\./).waitFor()
  expect(await shownOf(told, chatOn(visitor.page).log)).toEqual([])

  await goTo(agent.page, 'Inbox')
  await agent.page.getByRole('radio', { name: 'Closed' }).click()
  await agent.page.getByText('Nothing closed yet').waitFor()
  await agent.page.getByRole('radio', { name: 'All' }).click()
  await agent.page.getByText('No conversations yet').waitFor()
  await goTo(agent.page, 'Transcripts')
  await agent.page.getByText('No transcripts yet').waitFor()
}

/** Somebody who was shown the receipt, with the connection cut once the page is there. */
async function checkOffline(browser: Browser, url: string, receipt: string): Promise<void> {
  const { context, page } = await openPerson(browser)
  await page.goto(url)
  const field = page.getByRole('textbox', { name: 'The receipt' })
  await field.waitFor()
  await context.setOffline(true)
  const check = async (text: string, verdict: string) => {
    await field.fill(text)
    await page.getByRole('button', { name: 'Check', exact: true }).click()
    await page.getByText(verdict, { exact: true }).waitFor()
  }
  await check(receipt, 'Valid')
  await check(receipt.replace(/"jws": "..../, '$&A'), 'Not valid')
  await context.close()
}

async function download(page: Page, button: { click(): Promise<void> }): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent('download'), button.click()])
  return file.path()
}
