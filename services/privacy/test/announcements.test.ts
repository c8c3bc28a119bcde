import { randomUUID } from 'node:crypto'
import type { Policy } from '@candor/contracts/policy/policy'
import { settle } from '@candor/testing/settle'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { edited } from './edited.ts'
import { refusal, startTestPrivacy } from './start-privacy.ts'
import type { TestPrivacy } from './start-privacy.ts'

let privacy: TestPrivacy
beforeAll(async () => {
  privacy = await startTestPrivacy()
})
afterAll(() => privacy[Symbol.asyncDispose]())

async function publish(slug: string, policy: Policy, effectiveAt?: string) {
  const owner = await privacy.staff(slug, 'owner')
  await owner.savePolicyDraft.mutate({ pack: 'candor', policy })
  const { confirmation } = await owner.previewPolicy.query({ effectiveAt })
  return owner.publishPolicy.mutate({ effectiveAt, confirmation: confirmation?.token })
}

function hire(slug: string): { userId: string; email: string } {
  const userId = randomUUID()
  const account = { tenantId: privacy.business(slug).id, userId, email: `${userId}@example.org` }
  privacy.accounts.push(account)
  return account
}

/** It takes something from the people whose data it is. */
const ignoring = edited((policy) => (policy.signals.doNotTrack = 'ignored'))

const lettersTo = (email: string) => privacy.mailbox.letters.filter((letter) => letter.to === email)

test('a significant change is mailed once to each account of the business, whatever is restarted in between', async () => {
  const [ada, bob, rival] = [hire('shop'), hire('shop'), hire('rival')]
  const owner = await privacy.staff('shop', 'owner')
  await owner.savePolicyDraft.mutate({ pack: 'candor', policy: ignoring })
  await privacy.holders.identity.leave()
  expect(await owner.publishPolicy.mutate({})).toMatchObject({ version: 2, isSignificant: true })
  await privacy.restart()
  privacy.holders.identity.come()
  await settle(() => {
    privacy.clock.advance(10_000)
    expect([ada, bob].map(({ email }) => lettersTo(email).length)).toEqual([1, 1])
  })
  await privacy.restart()
  await settle(async () => expect(await privacy.query('select from announcements_due')).toEqual([]))
  await settle(async () => expect(await privacy.query('select from mail_schedule')).toEqual([]))
  expect([ada, bob, rival].map(({ email }) => lettersTo(email).length)).toEqual([1, 1, 0])
  // What stays of a letter must not be a way to find an account that has been erased.
  const stays = JSON.stringify(await privacy.query('select once_key from mail_queue'))
  for (const { userId } of [ada, bob]) expect(stays).not.toContain(userId)
  const { text } = await lettersTo(ada.email)[0]!.mail
  expect(text).toContain('version 2')
})

test('it stands in every account until that one acknowledges it, and a later one stands again', async () => {
  const alone = edited((policy) => (policy.disclosure.secondApproval = false))
  const { version } = await publish('rival', alone)
  const [one, other] = [await privacy.staff('rival', 'agent'), await privacy.staff('rival', 'admin')]
  const [announced] = await one.listAnnouncements.query()
  expect(announced).toMatchObject({
    version,
    shownAs: ['banner', 'in-account'],
    changes: [{ path: 'disclosure.secondApproval', before: true, after: false }],
  })
  await one.acknowledgeNotice.mutate({ version })
  await one.acknowledgeNotice.mutate({ version })
  expect(await one.listAnnouncements.query()).toEqual([])
  expect(await other.listAnnouncements.query()).toHaveLength(1)
  expect(await refusal(one.acknowledgeNotice.mutate({ version: version + 1 }))).toBe('not-found')
  const shop = await privacy.staff('shop', 'agent')
  expect((await shop.listAnnouncements.query()).map((seen) => seen.changes[0]?.path)).not.toContain(
    'disclosure.secondApproval',
  )
  const next = await publish(
    'rival',
    edited((draft) => (draft.contact.email = 'ask@rival.example')),
  )
  expect((await one.listAnnouncements.query()).map((seen) => seen.version)).toEqual([next.version])
})

test('a change that is not significant is announced in the account and not mailed, and a date to come is announced before it', async () => {
  const staff = hire('rival')
  const before = privacy.mailbox.letters.length
  const small = edited((draft) => (draft.contact.email = 'hello@rival.example'))
  const { isSignificant } = await publish('rival', small)
  expect(isSignificant).toBe(false)
  expect(await privacy.query('select from announcements_due')).toEqual([])
  const later = new Date(privacy.clock.now().getTime() + 30 * 86_400_000).toISOString()
  await publish('rival', { ...small, minors: { minimumAge: 16, eraseWithin: { days: 1 } } }, later)
  await settle(() => expect(lettersTo(staff.email)).toHaveLength(1))
  expect(privacy.mailbox.letters.length).toBeGreaterThan(before)
})
