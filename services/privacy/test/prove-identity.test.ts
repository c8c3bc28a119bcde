import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusal, startTestPrivacy } from './start-privacy.ts'
import type { TestPrivacy } from './start-privacy.ts'

let privacy: TestPrivacy
beforeAll(async () => {
  privacy = await startTestPrivacy({ start: '2027-01-31T10:00:00Z' })
})
afterAll(() => privacy[Symbol.asyncDispose]())

async function open(kind: 'access' | 'erasure' = 'access') {
  const { id } = await privacy
    .as()
    .openRequest.mutate({ business: 'shop', kind, email: `${kind}@example.org` })
  const { proof } = await privacy.mailbox.readProof(id)
  return { requestId: id, proof }
}

test('a proof works once, and starts the month of which the last day counts in a shorter one', async () => {
  const link = await open()
  const { request } = await privacy.as().proveIdentity.mutate(link)
  expect(request).toMatchObject({
    id: link.requestId,
    state: 'in-progress',
    dueAt: '2027-02-28T10:00:00.000Z',
  })
  expect(await refusal(privacy.as().proveIdentity.mutate(link))).toBe('expired')
})

test('of two who use a proof at the same moment one gets in', async () => {
  const link = await open()
  const tries = await Promise.allSettled([1, 2, 3, 4].map(() => privacy.as().proveIdentity.mutate(link)))
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test('a proof is 256 random bits and stored only as a hash', async () => {
  const { requestId, proof } = await open()
  expect(Buffer.from(proof, 'base64url')).toHaveLength(32)
  const [row] = await privacy.query('select * from proofs where request_id = $1', [requestId])
  expect(JSON.stringify(row)).not.toContain(proof)
})

test('a proof that comes after an hour is refused, and the request lapses and forgets its address', async () => {
  const link = await open()
  privacy.clock.advance(3_600_000)
  expect(await refusal(privacy.as().proveIdentity.mutate(link))).toBe('expired')
  const left = () => privacy.query('select from sealed_addresses where request_id = $1', [link.requestId])
  await expect.poll(left, { timeout: 5_000 }).toEqual([])
  const [row] = await privacy.query('select state from requests where id = $1', [link.requestId])
  expect(row.state).toBe('lapsed')
  expect(await refusal(privacy.as().proveIdentity.mutate(link))).toBe('expired')
})

test('a wrong proof is refused as one for an unknown request is, and guessing is throttled', async () => {
  const { requestId, proof } = await open()
  const wrong = { requestId, proof: 'x'.repeat(43) }
  const nobody = { requestId: '0190a000-0000-7000-8000-000000000000', proof }
  expect(await refusal(privacy.as().proveIdentity.mutate(nobody))).toBe('bad-credentials')
  for (let i = 0; i < 10; i++)
    expect(await refusal(privacy.as().proveIdentity.mutate(wrong))).toBe('bad-credentials')
  expect(await refusal(privacy.as().proveIdentity.mutate({ requestId, proof }))).toBe('too-many')
  privacy.clock.advance(15 * 60_000)
  expect(await privacy.as().proveIdentity.mutate({ requestId, proof })).toMatchObject({
    request: { state: 'in-progress' },
  })
})

test('while identity is away no proof is lost', async () => {
  const link = await open()
  await privacy.holders.identity.leave()
  expect(await refusal(privacy.as().proveIdentity.mutate(link))).toBe('unavailable')
  privacy.holders.identity.come()
  await privacy.as().proveIdentity.mutate(link)
})
