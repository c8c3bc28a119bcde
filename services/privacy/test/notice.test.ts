import { packs } from '@candor/policy/packs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusal, startTestPrivacy } from './start-privacy.ts'
import type { TestPrivacy } from './start-privacy.ts'

let privacy: TestPrivacy
beforeAll(async () => {
  privacy = await startTestPrivacy()
})
afterAll(() => privacy[Symbol.asyncDispose]())

const getNotice = () => privacy.as().getNotice.query({ business: 'shop' })

test('before every service has answered once there is no notice, and then their absence does not change it', async () => {
  privacy.holders.billing.refusing.add('describeData')
  expect(await refusal(getNotice())).toBe('unavailable')
  privacy.holders.billing.refusing.clear()
  const notice = await getNotice()
  privacy.holders.billing.refusing.add('describeData')
  privacy.clock.advance(61_000)
  expect(await getNotice()).toEqual(notice)
  privacy.holders.billing.refusing.clear()
})

test('the notice names for each category the services that declare it and why it outlives an erasure, and every right with its law and how to use it', async () => {
  const notice = await getNotice()
  expect(notice.business).toEqual({ name: 'Shop & Sons', slug: 'shop', country: 'DE' })
  const held = Object.fromEntries(notice.categories.map(({ category, services }) => [category, services]))
  expect(held['contact-details']).toEqual(['identity', 'chat', 'billing', 'transcripts'])
  expect(held['rights-requests']).toEqual(['privacy'])
  expect(held['purchase-records']).toBeUndefined()
  for (const { purposes, legalBasis, recipients, retention, source } of notice.categories) {
    for (const told of [purposes, legalBasis, recipients, retention, source])
      expect(told.length).toBeGreaterThan(0)
  }
  const kept = Object.fromEntries(
    notice.categories.map(({ category, keptBecause }) => [category, keptBecause]),
  )
  expect(kept['contact-details']).toEqual([])
  expect(kept['rights-requests']).toEqual([
    'Proof that the request was served, for 3 years after the end of the year of its completion (GDPR article 5(2))',
    'Proof of who closed the account, and when (GDPR article 5(2))',
  ])
  const laws = notice.rights.map(({ law }) => law)
  for (const article of [15, 16, 17, 18, 20, 21]) expect(laws).toContain(`GDPR article ${article}`)
  for (const { how, by } of notice.rights) expect([how, by].every((told) => told.length > 5)).toBe(true)
})

test('every section stands there as data: recipients and cookies by name, only the categories that are held, and the dates', async () => {
  const notice = await getNotice()
  const rows = (key: string) =>
    notice.sections
      .flatMap(({ tables }) => tables)
      .find((table) => table.key === key)!
      .rows.map((row) => row.key)
  expect(rows('categories')).toEqual(notice.categories.map(({ category }) => category))
  expect(rows('recipients')).toEqual(packs.candor.policy.recipients.map(({ id }) => id))
  expect(rows('cookies')).toEqual(packs.candor.policy.cookies.map(({ name }) => name))
  expect(rows('rights')).toEqual(notice.rights.map(({ kind }) => kind))
  const told = JSON.stringify(notice.sections)
  for (const day of [notice.revisedAt, notice.effectiveAt]) expect(told).toContain(day.slice(0, 10))
})

test("the authority is that of the reader's country, and of the business's where that has none", async () => {
  const authority = async (country?: string) =>
    (await privacy.as().getNotice.query({ business: 'shop', country })).authority
  expect(await authority('FR')).toMatchObject({ country: 'FR', url: 'https://www.cnil.fr' })
  expect(await authority('BR')).toMatchObject({ country: 'DE' })
  expect(await authority()).toMatchObject({ country: 'DE' })
})

test('the services are asked at most once a minute', async () => {
  const asked = () => privacy.holders.chat.calls.filter((call) => call === 'describeData').length
  await getNotice()
  const before = asked()
  await Promise.all([getNotice(), getNotice()])
  expect(asked()).toBe(before)
  privacy.clock.advance(60_000)
  await Promise.all([getNotice(), getNotice()])
  expect(asked()).toBe(before + 1)
})

test('an unknown business has no notice', async () => {
  expect(await refusal(privacy.as().getNotice.query({ business: 'nobody' }))).toBe('not-found')
})
