import { randomUUID } from 'node:crypto'
import { chat as chatContract } from '@candor/contracts/chat'
import type { Policy } from '@candor/contracts/policy/policy'
import { candor } from '@candor/policy/packs/candor'
import { createServiceClient } from '@candor/rpc/service-client'
import { fixedPolicies } from '@candor/testing/fixed-policies'
import { settle } from '@candor/testing/settle'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestChat } from './start-chat.ts'

let chat: Awaited<ReturnType<typeof startTestChat>>
let policy: Policy
let tenantId: string
beforeAll(async () => {
  chat = await startTestChat({ policies: fixedPolicies(() => policy) })
})
beforeEach(() => {
  tenantId = randomUUID()
  policy = structuredClone(candor.policy)
  policy.consent.asked = ['remember-me', 'statistics', 'advertising']
})
afterAll(() => chat[Symbol.asyncDispose]())

type Client = Awaited<ReturnType<typeof chat.visitor>>
const count = (client: Client, visit: object = {}) =>
  client.countVisit.mutate({ widgetKey: tenantId, page: '/bikes', ...visit })
const counts = async () => {
  const day = chat.clock.now().toISOString().slice(0, 10)
  return (await chat.staff(tenantId, randomUUID(), 'owner')).listVisitCounts.query({ from: day, to: day })
}

test('where the notice asks for consent nothing is counted without it, from consent on it is, and after a withdrawal no more', async () => {
  const id = randomUUID()
  const client = await chat.visitor(tenantId, id)
  expect(await count(chat.anyone())).toEqual({ counted: false, campaignKept: false })
  expect(await count(client)).toEqual({ counted: false, campaignKept: false })
  await chat.tellConsent(tenantId, id, ['statistics'])
  await settle(async () =>
    expect(await count(client, { isFirstOfVisit: true })).toMatchObject({ counted: true }),
  )
  await chat.tellConsent(tenantId, id, [])
  await settle(async () => expect(await count(client)).toMatchObject({ counted: false }))
  const before = await counts()
  await count(client)
  expect(await counts()).toEqual(before)
})

test('where the notice asks for no consent to statistics visits are counted without anybody being known', async () => {
  policy.consent.asked = ['remember-me']
  await count(chat.anyone(), { isFirstOfVisit: true })
  await count(chat.anyone(), { isFirstOfVisit: true, isReturning: true })
  await count(chat.anyone())
  const day = chat.clock.now().toISOString().slice(0, 10)
  expect(await counts()).toEqual([{ day, page: '/bikes', views: 3, visits: 2, returned: 1 }])
})

for (const [name, headers, rule] of [
  ['Do Not Track', { DNT: '1' }, 'doNotTrack'],
  ['Global Privacy Control', { 'Sec-GPC': '1' }, 'globalPrivacyControl'],
] as const) {
  test(`${name} stops counting where it is obeyed, whatever was agreed to, and does not where it is ignored`, async () => {
    const id = randomUUID()
    await chat.tellConsent(tenantId, id, ['statistics', 'advertising'])
    await settle(async () =>
      expect(await count(await chat.visitor(tenantId, id))).toMatchObject({ counted: true }),
    )
    const signalling = await chat.visitor(tenantId, id, undefined, headers)
    const nothing = { counted: false, campaignKept: false }
    expect(await count(signalling, { campaign: 'spring' })).toEqual(nothing)
    policy.consent.asked = ['remember-me']
    expect(await count(chat.anyone(headers))).toEqual(nothing)
    policy.signals[rule] = 'ignored'
    expect(await count(chat.anyone(headers))).toMatchObject({ counted: true })
  })
}

test('an objection to statistics or to marketing is obeyed, whatever was agreed to', async () => {
  const id = randomUUID()
  const client = await chat.visitor(tenantId, id)
  await chat.tellConsent(tenantId, id, ['statistics', 'advertising'])
  await settle(async () => expect(await count(client)).toMatchObject({ counted: true }))
  const privacy = createServiceClient(chatContract, {
    nats: await chat.nats.connect('privacy'),
    self: 'privacy',
  })
  const subject = { tenantId, emails: [], visitorIds: [id], userIds: [] }
  const object = (processing: 'statistics' | 'marketing') =>
    privacy.restrictSubject.mutate({ subject, requestId: randomUUID(), processing: [processing] })
  await object('statistics')
  expect(await count(client, { campaign: 'spring' })).toEqual({ counted: false, campaignKept: true })
  await object('marketing')
  expect(await count(client, { campaign: 'summer' })).toEqual({ counted: false, campaignKept: false })
})

test('which campaign led here is kept with consent to advertising only, and a withdrawal deletes it', async () => {
  const id = randomUUID()
  const client = await chat.visitor(tenantId, id)
  const pool = new pg.Pool({ connectionString: chat.database.superuserUrl, max: 1 })
  const kept = async () =>
    (await pool.query('select campaign from cookie_yields where visitor_id = $1', [id])).rows
  await chat.tellConsent(tenantId, id, ['statistics'])
  await settle(async () => expect(await count(client)).toMatchObject({ counted: true }))
  expect(await count(client, { campaign: 'spring' })).toMatchObject({ campaignKept: false })
  await chat.tellConsent(tenantId, id, ['advertising'])
  await settle(async () =>
    expect(await count(client, { campaign: 'spring' })).toMatchObject({ counted: false, campaignKept: true }),
  )
  expect(await kept()).toEqual([{ campaign: 'spring' }])
  await chat.tellConsent(tenantId, id, [])
  await settle(async () => expect(await kept()).toEqual([]))
  await pool.end()
})

test('the counts hold no address, id or trace of who came: parts of a page that may name somebody leave it', async () => {
  policy.consent.asked = []
  const id = randomUUID()
  const visitor = await chat.visitor(tenantId, id)
  await count(visitor, { page: '/orders/8871204/ada%40example.org/invoice' })
  await count(visitor, { page: '/team/4' })
  expect((await counts()).map(({ page }) => page)).toEqual(['/orders/*/*/invoice', '/team/4'])
  const day = chat.clock.now().toISOString().slice(0, 10)
  const owner = await chat.staff(tenantId, randomUUID(), 'owner')
  expect(await owner.listVisitCounts.query({ from: day, to: day, of: 'all-pages' })).toEqual([
    { day, page: '/*', views: 2, visits: 0, returned: 0 },
  ])
  const pool = new pg.Pool({ connectionString: chat.database.superuserUrl, max: 1 })
  const { rows } = await pool.query(
    'select visit_counts::text as row from visit_counts where tenant_id = $1',
    [tenantId],
  )
  for (const { row } of rows) expect(row).not.toMatch(new RegExp(`${id}|127\\.0\\.0\\.1|::1|ada|8871204`))
  await pool.end()
})

test('an unknown widget key counts nothing, nor does a visitor of another business', async () => {
  policy.consent.asked = []
  const stranger = await chat.visitor(randomUUID())
  await expect(count(stranger)).rejects.toMatchObject({ data: { reason: 'not-found' } })
  await expect(count(chat.anyone(), { widgetKey: 'nobody' })).rejects.toMatchObject({
    data: { reason: 'not-found' },
  })
  await expect(count(chat.anyone(), { page: '/a?email=ada' })).rejects.toMatchObject({
    data: { reason: 'bad-input' },
  })
})
