import { imsupporting } from '@candor/policy/packs/imsupporting'
import { settle } from '@candor/testing/settle'
import { beforeAll, expect, test } from 'vitest'
import { clientsOf } from '../../story/clients.ts'
import type { Clients } from '../../story/clients.ts'
import { openOffice } from '../acts/compliance.ts'
import { signIn } from '../acts/console.ts'
import { newBusiness } from '../new-business.ts'
import { openPerson } from '../person.ts'
import type { Person } from '../person.ts'
import type { Platform } from '../platform.ts'

let platform: Platform
let owner: Person
let office: Clients['privacy']
let shop: Awaited<ReturnType<typeof newBusiness>>

export function officeTests(started: () => Platform): void {
  beforeAll(async () => {
    platform = started()
    shop = await newBusiness(platform.url)
    office = clientsOf(platform.url, shop.accessToken).privacy
    // The notice that says that evidence of use is kept.
    await platform.publish(shop.business.id, imsupporting.policy, imsupporting.id)
    const { identity, privacy } = clientsOf(platform.url)
    await settle(async () => {
      const { cookies } = await privacy.getConsentPrompt.query({ business: shop.business.slug })
      expect(cookies).toEqual(imsupporting.policy.cookies)
    })
    const visitor = await identity.startVisitorSession.mutate({ widgetKey: shop.business.widgetKey })
    const { chat } = clientsOf(platform.url, visitor.accessToken)
    await chat.startConversation.mutate({ ...shop.people.visitor, text: 'Is it light?' })
    owner = await openPerson(platform.browser)
    await signIn(owner.page, platform.url, shop.people.owner)
  })

  test('a request gets more time, once, and its person is told why', async () => {
    const { page } = owner
    const { email, name } = shop.people.visitor
    await office.openRequestFor.mutate({
      kind: 'correction',
      email,
      documentChecked: true,
      correction: { field: 'name', from: name, to: 'Mina Obi' },
    })
    await openOffice(page, 'Requests')
    await page
      .getByRole('list', { name: 'Requests' })
      .getByRole('link', { name: /Correction/ })
      .click()
    await fill(page, 'Extend the time limit', { Reason: 'The archive is on paper.' }, 'Extend and tell them')
    await page.getByText('Time limit extended').waitFor()
    expect(await page.getByRole('button', { name: 'Extend the time limit' }).count()).toBe(0)
    expect((await platform.mailbox.letterTo(email, 'needs longer')).text).toContain(
      'The archive is on paper.',
    )
  })

  test('a restriction is lifted, and its person is told three days before', async () => {
    const { page } = owner
    const { email } = shop.people.visitor
    const asked = { kind: 'restriction', email, documentChecked: true } as const
    const { id: requestId } = await office.openRequestFor.mutate(asked)
    await settle(async () => expect((await office.getRequest.query({ requestId })).state).toBe('completed'))
    await openOffice(page, 'Requests')
    await page.getByRole('radio', { name: 'Ended' }).click()
    await page
      .getByRole('list', { name: 'Requests' })
      .getByRole('link', { name: /Restriction/ })
      .click()
    await fill(page, 'Lift the restriction', { Reason: 'The invoice was right.' }, 'Tell them and lift it')
    await page.getByText('The person is told. The restriction ends in three days.').waitFor()
    expect((await platform.mailbox.letterTo(email, 'will lift')).text).toContain('The invoice was right.')
  })

  test('a legal hold is placed with its law and who answers for it, and released', async () => {
    const { page } = owner
    await openOffice(page, 'Legal holds')
    const words = { 'By which law or order': 'Section 257 HGB', 'Who answers for it': 'Ada of accounting' }
    await fill(page, 'Place a hold', words, 'Place the hold')
    await page.getByText('Section 257 HGB, Ada of accounting answers for it').waitFor()
    expect((await office.listHolds.query()).map(({ law, endedAt }) => [law, endedAt])).toEqual([
      ['Section 257 HGB', null],
    ])
    await page.getByRole('button', { name: 'Release' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Release' }).click()
    await page.getByText(/^ended/).waitFor()
    expect((await office.listHolds.query())[0]!.endedAt).not.toBeNull()
  })

  test('the owner looks up evidence of use for a reason, which the audit log keeps', async () => {
    const { page } = owner
    await openOffice(page, 'Evidence of use')
    await page.getByRole('textbox', { name: 'E-mail address' }).fill(shop.people.visitor.email)
    const found = page.getByRole('list', { name: 'Evidence' }).getByRole('listitem')
    await settle(async () => {
      await page.getByRole('button', { name: 'Look it up' }).click()
      expect(await found.textContent({ timeout: 1_000 })).toContain(shop.people.visitor.name)
    })
    await openOffice(page, 'Audit log')
    await page.getByText('Evidence read: dispute').first().waitFor()
  })

  test('an agreement is read and taken along', async () => {
    const { page } = owner
    await openOffice(page, 'Agreements')
    const row = page.getByRole('list', { name: 'Agreements' }).getByRole('listitem').first()
    await row.getByText('In force').waitFor()
    await row.getByRole('button', { name: 'Read' }).click()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('dialog').getByRole('button', { name: 'Download' }).click(),
    ])
    expect(file.suggestedFilename()).toMatch(/^dpa-.*\.md$/)
    await page.keyboard.press('Escape')
  })

  test('a question to the privacy team is answered by mail and closed', async () => {
    const { page } = owner
    const { email } = shop.people.visitor
    const question = { topic: 'question', message: 'Who reads my chat?', email } as const
    await clientsOf(platform.url).privacy.openCase.mutate({ business: shop.business.slug, ...question })
    // Anew: what the menu counted a moment ago is not asked for again yet.
    await page.goto(`${platform.url}/compliance/cases`)
    const found = page.getByRole('list', { name: 'Cases' }).getByRole('listitem')
    await found.getByText('Who reads my chat?').waitFor()
    await fill(page, 'Answer', { Answer: 'Those who answer it, nobody else.' }, 'Answer')
    await found.getByText('Answered', { exact: true }).waitFor()
    expect((await platform.mailbox.letterTo(email, 'Those who answer it')).text).toContain('nobody else')
    await found.getByRole('button', { name: 'Close' }).click()
    await found.getByText('Closed', { exact: true }).waitFor()
    expect(owner.problems).toEqual([])
  })
}

/** Opens the form behind a button, fills it in and sends it off. */
async function fill(
  page: Person['page'],
  opener: string,
  words: Record<string, string>,
  submit: string,
): Promise<void> {
  await page.getByRole('button', { name: opener, exact: true }).click()
  const form = page.getByRole('dialog')
  for (const [name, text] of Object.entries(words)) await form.getByRole('textbox', { name }).fill(text)
  await form.getByRole('button', { name: submit, exact: true }).click()
  await form.waitFor({ state: 'detached' })
}
