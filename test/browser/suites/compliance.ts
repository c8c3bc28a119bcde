import { readFile } from 'node:fs/promises'
import { settle } from '@candor/testing/settle'
import { beforeAll, expect, test } from 'vitest'
import { clientsOf } from '../../story/clients.ts'
import {
  askForCorrection,
  openOffice,
  recordBreach,
  recordDisclosure,
  setPeriod,
} from '../acts/compliance.ts'
import { goTo, joinColleagues, signIn, takeInContacts } from '../acts/console.ts'
import { linkTo } from '../acts/letters.ts'
import { audit } from '../audit.ts'
import { newBusiness } from '../new-business.ts'
import { openPerson, phone } from '../person.ts'
import type { Person } from '../person.ts'
import type { Platform } from '../platform.ts'

let platform: Platform
let owner: Person
let shop: Awaited<ReturnType<typeof newBusiness>>

export function complianceTests(started: () => Platform): void {
  beforeAll(async () => {
    platform = started()
    shop = await newBusiness(platform.url)
    owner = await openPerson(platform.browser)
    const { accessToken } = await clientsOf(platform.url).identity.startVisitorSession.mutate({
      widgetKey: shop.business.widgetKey,
    })
    const conversation = { ...shop.people.visitor, text: 'Does the Swift come in green?' }
    await clientsOf(platform.url, accessToken).chat.startConversation.mutate(conversation)
    await signIn(owner.page, platform.url, shop.people.owner)
  })

  test('a correction that came by letter is opened, decided and carried out, with who did what in its history', async () => {
    const { page } = owner
    await openOffice(page, 'Requests')
    await askForCorrection(page, shop.people.visitor.email, [shop.people.visitor.name, 'Mina Obi'])
    expect(await audit(owner, 'a request to decide')).toEqual([])
    await page.getByRole('textbox', { name: 'Reason' }).fill('Your passport says so.')
    await page.getByRole('button', { name: 'Approve the request' }).click()
    await page.getByText('Corrected', { exact: true }).waitFor()
    await page.getByText(`Approved by staff by ${shop.people.owner.name}`).waitFor()
    const letter = await platform.mailbox.letterTo(shop.people.visitor.email, 'has approved')
    expect(letter.text).toContain('Your passport says so.')
  })

  test('a notice is edited, refused at the setting that no law allows, previewed, confirmed and published', async () => {
    const { page } = owner
    await openOffice(page, 'Notice')
    await setPeriod(page, 'Invoices and purchases', 1)
    await page.getByRole('button', { name: 'Save and look at the consequences' }).click()
    await page.getByRole('alert').getByText('Invoices and purchases: kept for').waitFor()
    await page.getByText(/^Shorter than/).waitFor()
    owner.problems.length = 0
    expect(await audit(owner, 'a refused setting')).toEqual([])
    await page.getByRole('button', { name: 'Take back' }).click()

    await setPeriod(page, 'What was written in conversations', 6)
    await page.getByText('1 change to version 1').waitFor()
    await page.getByRole('button', { name: 'Save and look at the consequences' }).click()
    await page.getByText('Nothing would go.').waitFor()
    expect(await audit(owner, 'what publishing would do')).toEqual([])
    const publish = page.getByRole('button', { name: 'Publish version 2' })
    expect(await publish.isDisabled()).toBe(true)
    await page
      .getByRole('checkbox', { name: /What was written in conversations: kept for less time/ })
      .press('Space')
    await publish.click()
    const versions = page.getByRole('list', { name: 'Versions' }).getByRole('listitem')
    await versions.filter({ hasText: 'Version 2' }).getByText('In force').waitFor()
    await page.getByRole('list', { name: 'Changes' }).getByText('6 months').waitFor()
    const announced = page.getByRole('complementary', { name: 'Changed notice' })
    await announced.getByRole('button', { name: 'Noted' }).click()
    await announced.waitFor({ state: 'detached' })
  })

  test('a cookie and an address that is called are edited, refused at the field, and stand in the preview', async () => {
    const { page } = owner
    await openOffice(page, 'Notice')
    await page.getByRole('button', { name: 'Add a cookie' }).click()
    const added = page.locator('details').filter({ hasText: /cookie-\d+/ })
    await added.locator('summary').click()
    await added.getByRole('textbox', { name: 'Name' }).fill('shop_basket')
    const basket = page.locator('details').filter({ hasText: 'shop_basket' })
    await basket.getByRole('spinbutton', { name: 'Stays for' }).fill('2')
    const host = page.locator('details').filter({ hasText: 'The hosting provider' })
    await host.locator('summary').click()
    const addresses = host.getByRole('textbox', { name: 'Addresses it is called at' })
    await addresses.fill('https://files.example.com/')
    await page.getByRole('button', { name: 'Save and look at the consequences' }).click()
    await host.getByText(/is no host name/).waitFor()
    owner.problems.length = 0
    await addresses.fill('files.example.com')
    await page.getByRole('radio', { name: 'Notice text' }).click()
    await page.getByRole('article', { name: 'Preview of the notice' }).getByText('shop_basket').waitFor()
    await page.getByRole('button', { name: 'Save and look at the consequences' }).click()
    const changes = page.getByRole('list', { name: 'Changes' })
    await changes.getByText('Cookie shop_basket').waitFor()
    await changes.getByText('files.example.com').waitFor()
    await page.getByRole('button', { name: /^Publish version/ }).click()
    await page.getByRole('list', { name: 'Versions' }).waitFor()
    const anyone = clientsOf(platform.url).privacy
    await settle(async () => {
      const { cookies } = await anyone.getConsentPrompt.query({ business: shop.business.slug })
      expect(cookies.find(({ name }) => name === 'shop_basket')?.lifetime).toEqual({ days: 2 })
    })
  })

  test('a breach is recorded, its clock runs, and it is closed once the authority knows', async () => {
    const { page } = owner
    await openOffice(page, 'Breaches')
    await recordBreach(page, 'A laptop was left on a train.')
    await page.getByText('71 hours left').waitFor()
    await page.getByRole('button', { name: 'Close it' }).click()
    await page.getByText(/^That is not possible/).waitFor()
    owner.problems.length = 0
    await page.getByRole('button', { name: 'The authority is notified' }).click()
    await page.getByText('71 hours left').waitFor({ state: 'detached' })
    await page.getByText('Drafts of the notifications').click()
    expect(await audit(owner, 'a breach')).toEqual([])
    await page.getByRole('button', { name: 'Close it' }).click()
    await page.getByText('Closed', { exact: true }).waitFor()
  })

  test('what an authority asked for is handed out once a second person has approved it, and nothing else', async () => {
    const { people, accessToken } = shop
    await openOffice(owner.page, 'Disclosures')
    await recordDisclosure(owner.page, 'Police of Hamburg', people.visitor.email)
    await owner.page.getByText('A colleague has to approve it: you recorded it.').waitFor()
    expect(await owner.page.getByRole('button', { name: 'Approve' }).count()).toBe(0)

    await clientsOf(platform.url, accessToken).identity.inviteStaff.mutate({
      email: people.agent.email,
      role: 'admin',
    })
    const admin = await openPerson(platform.browser)
    await joinColleagues(
      admin.page,
      linkTo('/invitation', await platform.mailbox.letterTo(people.agent.email, '/invitation')),
      people.agent,
    )
    await openOffice(admin.page, 'Disclosures')
    expect(await audit(admin, 'a disclosure')).toEqual([])
    await admin.page.getByRole('button', { name: 'Approve' }).click()
    const download = admin.page.waitForEvent('download')
    await admin.page.getByRole('button', { name: 'Export the scope' }).click()
    const file = await readFile(await (await download).path(), 'utf8')
    expect(file).toContain(people.visitor.email)
    expect(file).not.toContain('Swift')
    await admin.context.close()
  })

  test('an entry of the audit log is checked in the browser, and one that was tampered with is found out', async () => {
    const { page } = owner
    await openOffice(page, 'Audit log')
    await page.getByText('Signature checked here').waitFor()
    await page
      .getByRole('button', { name: /^Check entry/ })
      .first()
      .click()
    await page.getByRole('dialog').getByText('It stands in the log').waitFor()
    expect(await audit(owner, 'a proof')).toEqual([])
    await page.keyboard.press('Escape')

    await page.route('**/privacy.getAuditProof*', tamper)
    await page.route('**/getAuditProof*', tamper)
    await page
      .getByRole('button', { name: /^Check entry/ })
      .nth(1)
      .click()
    await page.getByRole('dialog').getByText('The proof does not hold').waitFor()
    await page.unrouteAll()
    await page.keyboard.press('Escape')
  })

  test('contacts are taken in, corrected, made one and deleted by keyboard, each step with a receipt', async () => {
    const { page } = owner
    await goTo(page, 'Contacts')
    await takeInContacts(page, 'name,email,phone\nAda,no address,\nBob,bob@example.com,12')
    const refused = page.getByRole('list', { name: 'Lines to correct' }).getByRole('listitem')
    await refused.nth(1).waitFor()
    expect((await refused.allTextContents()).map((line) => line.split(':')[0])).toEqual([
      'Line 2, email',
      'Line 3, phone',
    ])
    owner.problems.length = 0
    expect(await audit(owner, 'a refused file')).toEqual([])
    await page.keyboard.press('Escape')
    await takeInContacts(page, 'name,email,company\nAda,ada@example.com,Engines\nBob,bob@example.com,')
    const contacts = page.getByRole('list', { name: 'Contacts' }).getByRole('listitem')
    await contacts.filter({ hasText: 'Engines' }).waitFor()

    await page.getByRole('button', { name: 'Edit Bob' }).press('Enter')
    const form = page.getByRole('dialog', { name: 'Edit contact' })
    expect(await audit(owner, 'a contact being edited')).toEqual([])
    await form.getByRole('textbox', { name: 'Phone' }).fill('040 123456')
    await form.getByRole('textbox', { name: 'Name' }).fill('Ada King')
    await page.keyboard.press('Enter')
    await form.waitFor({ state: 'detached' })
    const done = page.getByRole('list', { name: 'What was done' }).getByRole('listitem')
    await done.filter({ hasText: 'Corrected 2 fields' }).getByRole('button', { name: 'Receipt' }).waitFor()
    await contacts.filter({ hasText: 'Ada King' }).getByText('+49 40 123456').waitFor()

    for (const name of ['Ada', 'Ada King'])
      await page.getByRole('checkbox', { name: `Select ${name}`, exact: true }).press('Space')
    expect(await audit(owner, 'selected contacts')).toEqual([])
    await page.getByRole('button', { name: 'Merge' }).press('Enter')
    await page.getByText('This cannot be undone.').waitFor()
    expect(await audit(owner, 'a merge')).toEqual([])
    await page.getByRole('button', { name: 'Merge for good' }).press('Enter')
    await contacts.filter({ hasText: 'Ada King' }).waitFor({ state: 'detached' })
    for (const text of ['ada@example.com', 'bob@example.com', '+49 40 123456', 'company: Engines'])
      await contacts.filter({ hasText: 'ada@example.com' }).getByText(text).waitFor()

    await page.getByRole('checkbox', { name: 'Select Ada', exact: true }).press('Space')
    await page.getByRole('button', { name: 'Delete' }).press('Enter')
    await page.getByRole('button', { name: 'Delete for good' }).press('Enter')
    await contacts.filter({ hasText: 'ada@example.com' }).waitFor({ state: 'detached' })
    const receipt = done.filter({ hasText: 'Deleted 1 contact' }).getByRole('button', { name: 'Receipt' })
    await receipt.waitFor()
    const download = page.waitForEvent('download')
    await receipt.press('Enter')
    const file = JSON.parse(await readFile(await (await download).path(), 'utf8'))
    expect(file.receipt.instruction).toEqual({ does: 'erase', items: 1, done: 1 })
    expect(await audit(owner, 'contacts')).toEqual([])
  })

  test('by keyboard alone one gets from the menu to a decision about retention, on a phone as on a desk', async () => {
    const { page } = owner
    await page.goto(`${platform.url}/compliance/retention`)
    const choice = page.getByRole('radio', { name: '1 year' })
    await page.getByRole('radio', { name: '1 month' }).focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Space')
    expect(await choice.getAttribute('aria-checked')).toBe('true')
    await page.setViewportSize(phone)
    await page.getByRole('link', { name: 'Privacy' }).first().press('Enter')
    await page.getByRole('heading', { name: 'Privacy', level: 1 }).waitFor()
  })
}

type Route = Parameters<Parameters<Person['page']['route']>[1]>[0]

/** Answers as the service does, but for one word of the entry. */
async function tamper(route: Route): Promise<void> {
  const response = await route.fetch()
  const text = (await response.text()).replace('"times":1', '"times":2')
  await route.fulfill({ response, body: text })
}
