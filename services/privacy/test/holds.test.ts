import { randomUUID } from 'node:crypto'
import { settle } from '@candor/testing/settle'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusal, startTestPrivacy } from './start-privacy.ts'
import type { TestPrivacy } from './start-privacy.ts'
import { startReader } from './start-reader.ts'
import type { Reader } from './start-reader.ts'

let privacy: TestPrivacy
let reader: Reader
beforeAll(async () => {
  privacy = await startTestPrivacy({ start: '2027-01-01T00:00:00.000Z' })
  reader = await startReader(privacy)
})
afterAll(async () => {
  await reader[Symbol.asyncDispose]()
  await privacy[Symbol.asyncDispose]()
})

const taxes = { category: 'purchase-records', law: 'Section 147 AO', owner: 'Ada, accounting' } as const
const heldIn = async (slug: string) => (await reader.of(slug)).holds.map(({ id }) => id)

test('a hold is known to every service at once, with law, owner and end, and no longer once released', async () => {
  const admin = await privacy.staff('shop', 'admin')
  const until = '2037-12-31T00:00:00.000Z'
  const hold = await admin.placeHold.mutate({ ...taxes, until })
  await settle(async () =>
    expect((await reader.of('shop')).holds).toEqual([{ ...taxes, id: hold.id, until }]),
  )
  expect(await heldIn('rival')).toEqual([])
  expect(await admin.listHolds.query()).toMatchObject([{ ...taxes, until, endedAt: null }])
  const released = await admin.releaseHold.mutate({ holdId: hold.id })
  expect(released.endedAt).toBe('2027-01-01T00:00:00.000Z')
  await settle(async () => expect(await heldIn('shop')).toEqual([]))
  privacy.clock.advance(60_000)
  expect(await admin.releaseHold.mutate({ holdId: hold.id })).toEqual(released)
  const { entries } = await admin.listAuditEntries.query({ object: hold.id, kind: 'act' })
  expect(entries.map(({ what }) => what)).toEqual(['hold-released', 'hold-placed'])
})

test('a hold of a business that has published nothing leaves its policy as it was', async () => {
  const before = await reader.of('rival')
  const owner = await privacy.staff('rival', 'owner')
  const { id } = await owner.placeHold.mutate({ ...taxes, until: null })
  await settle(async () => expect(await heldIn('rival')).toEqual([id]))
  expect((await reader.of('rival')).policy).toEqual(before.policy)
  expect((await reader.of('rival')).version.version).toBe(1)
  await owner.releaseHold.mutate({ holdId: id })
})

test('nobody releases or sees the hold of another business, and none ends before it begins', async () => {
  const [owner, rival] = [await privacy.staff('shop', 'owner'), await privacy.staff('rival', 'owner')]
  const { id } = await owner.placeHold.mutate({ ...taxes, until: null })
  expect(await refusal(rival.releaseHold.mutate({ holdId: id }))).toBe('not-found')
  expect((await rival.listHolds.query()).map((hold) => hold.id)).not.toContain(id)
  const agent = await privacy.staff('shop', 'agent')
  expect(await refusal(agent.listHolds.query())).toBe('forbidden')
  expect(await refusal(owner.releaseHold.mutate({ holdId: randomUUID() }))).toBe('not-found')
  const until = privacy.clock.now().toISOString()
  expect(await refusal(owner.placeHold.mutate({ ...taxes, until }))).toBe('bad-input')
  await owner.releaseHold.mutate({ holdId: id })
})

/** An erasure that has met a hold: it looks again in half a year. */
async function waitingErasure(email: string) {
  privacy.holders.billing.refusing.add('eraseSubject')
  const erasure = await privacy.prove('erasure', email)
  await settle(() => expect(privacy.holders.billing.calls).toContain('eraseSubject'))
  await settle(async () => {
    const [row] = await privacy.query(
      `update saga_queue set due_at = '2027-07-01' where request_id = $1 and lease is null returning 1`,
      [erasure.request.id],
    )
    expect(row).toBeDefined()
  })
  privacy.holders.billing.refusing.clear()
  return erasure
}

test('releasing a hold sends the erasures that waited on their way', async () => {
  const owner = await privacy.staff('shop', 'owner')
  const { id } = await owner.placeHold.mutate({ ...taxes, until: null })
  const { client, request } = await waitingErasure('ada@example.org')
  await owner.releaseHold.mutate({ holdId: id })
  await privacy.completed(client, request.id)
  await settle(async () => expect(await privacy.query('select from hold_ends')).toEqual([]))
})

test('so does its end, also when no process ran at that hour', async () => {
  const owner = await privacy.staff('shop', 'owner')
  await owner.placeHold.mutate({ ...taxes, until: '2027-02-01T00:00:00.000Z' })
  const { request } = await waitingErasure('bob@example.org')
  privacy.clock.set('2027-01-31T23:59:59.000Z')
  const early = await privacy.subject(request.id)
  expect((await early.getRequest.query({ requestId: request.id })).state).toBe('in-progress')
  await privacy.stop()
  privacy.clock.set('2027-02-01T00:00:00.000Z')
  await privacy.restart()
  const [hold] = await (await privacy.staff('shop', 'owner')).listHolds.query()
  expect(hold!.endedAt).toBe('2027-02-01T00:00:00.000Z')
  const again = await privacy.subject(request.id)
  await privacy.completed(again, request.id)
  expect(await heldIn('shop')).toEqual([])
})
