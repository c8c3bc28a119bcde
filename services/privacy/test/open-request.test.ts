import { beforeAll, afterAll, expect, test } from 'vitest'
import { startTestPrivacy, refusal } from './start-privacy.ts'
import type { TestPrivacy } from './start-privacy.ts'

let privacy: TestPrivacy
beforeAll(async () => {
  privacy = await startTestPrivacy()
})
afterAll(() => privacy[Symbol.asyncDispose]())

test('an address that is known and one that is not get the same answer for the same work', async () => {
  const tenantId = privacy.business('shop').id
  privacy.holders.chat.rows.push({ tenantId, email: 'known@example.org', visitorId: tenantId, text: 'hello' })
  const work = async (email: string) => {
    const before = await countRows(privacy)
    const answer = await privacy.as().openRequest.mutate({ business: 'shop', kind: 'access', email })
    const after = await countRows(privacy)
    const letter = await privacy.mailbox.readProof(answer.id)
    const added = Object.fromEntries(
      Object.entries(after).map(([table, rows]) => [table, rows - before[table]!]),
    )
    return { answer: { ...answer, id: '' }, added, to: letter.to === email, link: letter.link.split('#')[0] }
  }
  const known = await work('known@example.org')
  const unknown = await work('unknown@example.org')
  expect(known).toEqual(unknown)
  expect(known).toMatchObject({
    answer: { state: 'awaiting-proof', dueAt: null, hasReceipt: false },
    link: 'http://localhost:8080/privacy/shop',
    to: true,
  })
  expect(Object.values(privacy.holders).flatMap((holder) => holder.calls)).toEqual([])
})

test('an address stands in no column in the clear once its letter is sent', async () => {
  const { id } = await privacy
    .as()
    .openRequest.mutate({ business: 'shop', kind: 'access', email: 'Sealed@Example.org' })
  const { to } = await privacy.mailbox.readProof(id)
  expect(to).toBe('sealed@example.org')
  await expect.poll(() => privacy.query('select from mail_schedule')).toEqual([])
  const tables = await privacy.query("select tablename from pg_tables where schemaname = 'public'")
  for (const { tablename } of tables) {
    const found = await privacy.query(
      `select from ${tablename} t where lower(t::text) like '%sealed@example%'`,
    )
    expect({ tablename, found }).toEqual({ tablename, found: [] })
  }
})

test('an unknown business is not found, and without proof an address is needed', async () => {
  const email = 'a@example.org'
  expect(await refusal(privacy.as().openRequest.mutate({ business: 'nobody', kind: 'access', email }))).toBe(
    'not-found',
  )
  await expect(privacy.as().openRequest.mutate({ business: 'shop', kind: 'access' })).rejects.toMatchObject({
    data: { reason: 'bad-input', fields: [{ path: 'email' }] },
  })
})

test('who has proven an address opens the next request without a letter', async () => {
  const { client } = await privacy.prove('access', 'ada@example.org')
  const letters = privacy.mailbox.letters.length
  const next = await client.openRequest.mutate({ business: 'shop', kind: 'access' })
  expect(next).toMatchObject({ state: 'in-progress', dueAt: expect.any(String) })
  expect(await client.listRequests.query()).toHaveLength(2)
  expect(privacy.mailbox.letters).toHaveLength(letters)
})

test('a proof for one business or address is none for another', async () => {
  const { client } = await privacy.prove('access', 'eve@example.org')
  expect(await refusal(client.openRequest.mutate({ business: 'rival', kind: 'access' }))).toBe('bad-input')
  const elsewhere = { business: 'rival', kind: 'access', email: 'eve@example.org' } as const
  expect(await client.openRequest.mutate(elsewhere)).toMatchObject({ state: 'awaiting-proof' })
  const another = { business: 'shop', kind: 'erasure', email: 'ada@example.org' } as const
  expect(await client.openRequest.mutate(another)).toMatchObject({ state: 'awaiting-proof' })
})

test('requests are throttled by network address and by mail address', async () => {
  await using strict = await startTestPrivacy({
    limits: { REQUESTS_PER_HOUR_REMOTE_MAX: 4, REQUESTS_PER_HOUR_ADDRESS_MAX: 2 },
  })
  const open = (email: string) => strict.as().openRequest.mutate({ business: 'shop', kind: 'access', email })
  await open('a@example.org')
  strict.clock.advance(60_000)
  await open('a@example.org')
  await expect(open('a@example.org')).rejects.toMatchObject({
    data: { reason: 'too-many', retryAfterSeconds: 3540 },
  })
  await open('b@example.org')
  expect(await refusal(open('c@example.org'))).toBe('too-many')
  strict.clock.advance(3_600_000)
  await open('a@example.org')
})

async function countRows({ query }: TestPrivacy): Promise<Record<string, number>> {
  const tables = [
    'requests',
    'sealed_addresses',
    'proofs',
    'request_deadlines',
    'mail_queue',
    'erasures',
    'saga_queue',
  ]
  const counts = await Promise.all(tables.map((table) => query(`select count(*)::int as n from ${table}`)))
  return Object.fromEntries(tables.map((table, at) => [table, counts[at]![0].n]))
}
