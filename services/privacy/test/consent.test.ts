import type { Policy } from '@candor/contracts/policy/policy'
import { privacy as contract } from '@candor/contracts/privacy'
import { candor } from '@candor/policy/packs/candor'
import { fixedPolicies } from '@candor/testing/fixed-policies'
import { createServiceClient } from '@candor/rpc/service-client'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { refusal, startTestPrivacy } from './start-privacy.ts'
import type { TestPrivacy } from './start-privacy.ts'

let privacy: TestPrivacy
let policy: Policy
beforeAll(async () => {
  privacy = await startTestPrivacy({ policies: fixedPolicies(() => policy) })
})
beforeEach(() => {
  policy = structuredClone(candor.policy)
  policy.consent.asked = ['remember-me', 'statistics', 'advertising']
})
afterAll(() => privacy[Symbol.asyncDispose]())

const choice = { textVersion: 1, source: 'banner' } as const

test('anybody learns what is asked, in which words, and what may be stored; the widget key finds it too', async () => {
  const prompt = await privacy.as().getConsentPrompt.query({ business: 'shop' })
  expect(prompt).toEqual({
    business: { name: 'Shop & Sons', slug: 'shop' },
    effectiveAt: '2026-11-21T00:00:00.000Z',
    prompt: 'banner',
    asked: ['remember-me', 'statistics', 'advertising'],
    text: policy.consent.text,
    textVersion: 1,
    refusedBySignal: [],
    signals: { doNotTrack: 'obeyed', globalPrivacyControl: 'obeyed' },
    cookies: policy.cookies,
  })
  expect(await privacy.as().getConsentPrompt.query({ widgetKey: 'key-shop' })).toEqual(prompt)
  expect(await refusal(privacy.as().getConsentPrompt.query({ widgetKey: 'nobody' }))).toBe('not-found')
  expect(await refusal(privacy.as().getConsentPrompt.query({}))).toBe('bad-input')
})

test('a choice is recorded with the text shown, its version, time, source, what was given and what refused', async () => {
  const { client } = await privacy.visitor('shop')
  const at = privacy.clock.now().toISOString()
  const signals = { doNotTrack: false, globalPrivacyControl: false }
  const record = await client.recordConsent.mutate({
    ...choice,
    given: ['remember-me'],
    refused: ['statistics', 'advertising'],
  })
  expect(record).toEqual({
    at,
    action: 'recorded',
    source: 'banner',
    text: policy.consent.text,
    textVersion: 1,
    given: ['remember-me'],
    refused: ['statistics', 'advertising'],
    signals,
  })
  expect(await client.getConsent.query()).toEqual({
    given: ['remember-me'],
    outdated: false,
    history: [record],
  })
})

test('each purpose is given and withdrawn by itself, and the history stays, newest first', async () => {
  const { client } = await privacy.visitor('shop')
  await client.recordConsent.mutate({ ...choice, given: ['remember-me', 'statistics'] })
  privacy.clock.advance(60_000)
  const left = await client.withdrawConsent.mutate({ purposes: ['statistics'], source: 'privacy-centre' })
  expect(left.given).toEqual(['remember-me'])
  expect(left.history.map(({ action, source, refused }) => ({ action, source, refused }))).toEqual([
    { action: 'withdrawn', source: 'privacy-centre', refused: ['statistics'] },
    { action: 'recorded', source: 'banner', refused: [] },
  ])
  expect(Date.parse(left.history[0]!.at) - Date.parse(left.history[1]!.at)).toBe(60_000)
  const again = await client.withdrawConsent.mutate({ purposes: ['statistics'], source: 'privacy-centre' })
  expect(again).toEqual(left)
  expect((await client.withdrawConsent.mutate({ source: 'chat' })).given).toEqual([])
})

test('a text that is no longer shown and a purpose that is not asked for are refused', async () => {
  const { client } = await privacy.visitor('shop')
  policy.consent.textVersion = 2
  expect(await refusal(client.recordConsent.mutate({ ...choice, given: [] }))).toBe('conflict')
  const given = ['marketing-mail' as const]
  expect(await refusal(client.recordConsent.mutate({ ...choice, textVersion: 2, given }))).toBe('bad-input')
})

test('what is no longer asked for is no longer given, and a changed text asks again', async () => {
  const { client } = await privacy.visitor('shop')
  await client.recordConsent.mutate({ ...choice, given: ['remember-me', 'advertising'] })
  policy.consent.asked = ['remember-me']
  policy.consent.textVersion = 2
  expect(await client.getConsent.query()).toMatchObject({ given: ['remember-me'], outdated: true })
})

for (const [name, header, rule] of [
  ['Do Not Track', 'DNT', 'doNotTrack'],
  ['Global Privacy Control', 'Sec-GPC', 'globalPrivacyControl'],
] as const) {
  test(`${name} refuses statistics and advertising where the notice obeys it, also against an older consent`, async () => {
    const { id, client } = await privacy.visitor('shop')
    await client.recordConsent.mutate({ ...choice, given: ['remember-me', 'statistics', 'advertising'] })
    const signalling = (await privacy.visitor('shop', { id, headers: { [header]: '1' } })).client
    const record = await signalling.recordConsent.mutate({ ...choice, given: ['statistics'] })
    expect(record).toMatchObject({ given: [], refused: ['statistics', 'advertising'] })
    expect(record.signals[rule]).toBe(true)
    expect((await signalling.getConsent.query()).given).toEqual(['remember-me'])
    const prompt = await privacy.as(undefined, { [header]: '1' }).getConsentPrompt.query({ business: 'shop' })
    expect(prompt.refusedBySignal).toEqual(['statistics', 'advertising', 'marketing-mail'])
  })

  test(`${name} changes nothing where the notice ignores it, and is recorded all the same`, async () => {
    policy.signals[rule] = 'ignored'
    const { client } = await privacy.visitor('shop', { headers: { [header]: '1' } })
    const record = await client.recordConsent.mutate({ ...choice, given: ['statistics'] })
    expect(record).toMatchObject({ given: ['statistics'], refused: [] })
    expect(record.signals[rule]).toBe(true)
  })
}

test('a signal that only a script can read counts like the header', async () => {
  const { client } = await privacy.visitor('shop')
  const signals = { globalPrivacyControl: true }
  const record = await client.recordConsent.mutate({ ...choice, given: ['advertising'], signals })
  expect(record).toMatchObject({ given: [], refused: ['advertising'] })
})

test("somebody with an account consents for themselves, and a visitor's consent is no one else's", async () => {
  const owner = await privacy.staff('shop', 'owner')
  const { client } = await privacy.visitor('shop')
  await owner.recordConsent.mutate({ ...choice, source: 'console', given: ['statistics'] })
  expect((await owner.getConsent.query()).given).toEqual(['statistics'])
  expect(await client.getConsent.query()).toEqual({ given: [], outdated: false, history: [] })
  expect(await refusal(privacy.as().getConsent.query())).toBe('not-signed-in')
})

test('choices stand in the access answer, go with an erasure, and none is recorded after it', async () => {
  const { id, client } = await privacy.visitor('shop')
  await client.recordConsent.mutate({ ...choice, given: ['statistics'] })
  const nats = await privacy.nats.connect('privacy')
  const holder = createServiceClient(contract, { nats, self: 'privacy' })
  const tenantId = privacy.business('shop').id
  const subject = { tenantId, emails: [], visitorIds: [id], userIds: [] }
  expect(await holder.exportSubject.query({ subject })).toContainEqual(
    expect.objectContaining({
      table: 'consent_log',
      category: 'consent-records',
      records: [expect.objectContaining({ given: ['statistics'], text: policy.consent.text })],
    }),
  )
  const requestId = '7b0f2a2e-6c2d-4d5e-9a57-1f2d3c4b5a69'
  await holder.hideSubject.mutate({ subject, requestId })
  expect((await client.getConsent.query()).history).toEqual([])
  expect(await refusal(client.recordConsent.mutate({ ...choice, given: ['statistics'] }))).toBe(
    'not-signed-in',
  )
  const { erased } = await holder.eraseSubject.mutate({ subject, requestId })
  expect(erased).toContainEqual({ table: 'consent_log', action: 'deleted', rows: 1 })
  expect((await holder.searchResidue.query({ subject })).residue).toEqual([])
})

test('two choices made at once are both recorded, and one of them holds', async () => {
  const { client } = await privacy.visitor('shop')
  await Promise.all([
    client.recordConsent.mutate({ ...choice, given: ['statistics'] }),
    client.recordConsent.mutate({ ...choice, given: ['remember-me'], refused: ['statistics'] }),
  ])
  const { given, history } = await client.getConsent.query()
  expect(history).toHaveLength(2)
  expect(given).toEqual(
    history[0]!.given.includes('statistics') ? ['remember-me', 'statistics'] : ['remember-me'],
  )
})

test('who proves an address sees what was agreed to under each id that leads to it, and takes it back', async () => {
  const [phone, laptop, stranger] = [
    await privacy.visitor('shop'),
    await privacy.visitor('shop'),
    await privacy.visitor('shop'),
  ]
  await phone.client.recordConsent.mutate({ ...choice, given: ['statistics'] })
  await laptop.client.recordConsent.mutate({ ...choice, given: ['advertising', 'remember-me'] })
  await stranger.client.recordConsent.mutate({ ...choice, given: ['statistics'] })
  const email = 'twice@example.org'
  for (const { id } of [phone, laptop])
    privacy.holders.chat.rows.push({ tenantId: privacy.business('shop').id, email, visitorId: id, text: '' })

  const { client } = await privacy.prove('access', email)
  const before = await client.getConsent.query()
  expect(before.given).toEqual(['remember-me', 'statistics', 'advertising'])
  expect(before.history).toHaveLength(2)
  const after = await client.withdrawConsent.mutate({ source: 'privacy-centre' })
  expect(after).toMatchObject({ given: [], history: { length: 4 } })
  expect((await phone.client.getConsent.query()).given).toEqual([])
  expect((await laptop.client.getConsent.query()).given).toEqual([])
  expect((await stranger.client.getConsent.query()).given).toEqual(['statistics'])
  expect(await client.withdrawConsent.mutate({ source: 'privacy-centre' })).toEqual(after)
})
