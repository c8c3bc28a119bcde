import { randomUUID } from 'node:crypto'
import { jetstream } from '@nats-io/jetstream'
import { imsupporting } from '@candor/policy/packs/imsupporting'
import { settle } from '@candor/testing/settle'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusal, startTestPrivacy } from './start-privacy.ts'
import type { TestPrivacy } from './start-privacy.ts'
import { testRules } from './test-rules.ts'

const uses = new Map<string, { name: string | null; email: string | null; startedAt: string }>()
const rules = testRules(() => privacy.clock.now())
let privacy: TestPrivacy
beforeAll(async () => {
  privacy = await startTestPrivacy({
    start: '2027-01-31T10:00:00.000Z',
    rows: {
      chat: {
        getEvidenceOfUse: async ({ conversationId }: { conversationId: string }) =>
          uses.get(conversationId) ?? null,
      },
    },
    policies: rules,
  })
  rules.publish(privacy.business('shop').id, { pack: 'imsupporting', policy: imsupporting.policy })
})
afterAll(() => privacy[Symbol.asyncDispose]())

/** A conversation begins at the present and chat announces it. */
async function startChat(email: string | null, slug = 'shop', name: string | null = 'Ada') {
  const conversationId = randomUUID()
  uses.set(conversationId, { name, email, startedAt: privacy.clock.now().toISOString() })
  const id = randomUUID()
  const envelope = {
    id,
    type: 'chat.conversation-started',
    tenantId: privacy.business(slug).id,
    streamKey: conversationId,
    subjectId: null,
    occurredAt: privacy.clock.now().toISOString(),
    traceparent: null,
    payload: { conversationId },
  }
  const nats = await privacy.nats.connect('chat')
  await jetstream(nats).publish('events.chat.conversation-started', JSON.stringify(envelope), { msgID: id })
  await settle(async () => {
    expect(await privacy.query('select from inbox where event_id = $1', [id])).toHaveLength(1)
  })
}

const read = async (email: string, slug = 'shop') =>
  (await privacy.staff(slug, 'owner')).readEvidence.query({ email, reason: 'dispute' })

test('who used the chat, under which name and when, is kept where the notice says so and nowhere else', async () => {
  await startChat('ada@example.org')
  await startChat('ada@example.org', 'rival')
  await startChat(null)
  expect(await read('ADA@example.org')).toEqual([
    {
      name: 'Ada',
      email: 'ada@example.org',
      usedAt: '2027-01-31T10:00:00.000Z',
      expiresAt: '2028-01-31T10:00:00.000Z',
    },
  ])
  expect(await read('ada@example.org', 'rival')).toEqual([])
  expect(await privacy.query('select from evidence_log')).toHaveLength(1)
})

test('reading it leaves the reason in the audit log, and no address', async () => {
  await read('ada@example.org')
  const owner = await privacy.staff('shop', 'owner')
  const { entries } = await owner.listAuditEntries.query({ what: 'evidence-read' })
  expect(entries[0]).toMatchObject({
    kind: 'act',
    role: 'owner',
    purpose: 'keep-evidence',
    detail: 'dispute',
  })
  expect(JSON.stringify(await owner.listAuditEntries.query({}))).not.toContain('ada@')
})

test('none but owners read it, and not for another purpose', async () => {
  const ask = (client: Awaited<ReturnType<TestPrivacy['staff']>>) =>
    client.readEvidence.query({ email: 'ada@example.org', reason: 'misuse' })
  expect(await refusal(ask(await privacy.staff('shop', 'admin')))).toBe('forbidden')
  const stated = await privacy.staff('shop', 'owner', randomUUID(), { 'data-purpose': 'answer-inquiry' })
  expect(await refusal(ask(stated))).toBe('other-purpose')
  const pool = new pg.Pool({ connectionString: privacy.database.appUrl, max: 1 })
  await pool.query(`select set_config('app.tenants', $1, false)`, [privacy.business('shop').id])
  expect((await pool.query('select from evidence_log')).rowCount).toBe(0)
  await pool.end()
})

test('it outlives an early erasure, which says so, and its person is shown it', async () => {
  await startChat('bob@example.org')
  const { client, request } = await privacy.prove('access', 'bob@example.org')
  const answer = await client.getAccessAnswer.query({ requestId: request.id })
  const held = answer.services
    .flatMap(({ holdings }) => holdings)
    .find(({ table }) => table === 'evidence_log')
  expect(held?.records).toMatchObject([{ name: 'Ada', email: 'bob@example.org' }])

  const erasure = await client.openRequest.mutate({ business: 'shop', kind: 'erasure' })
  await privacy.completed(client, erasure.id)
  const { receipt } = await client.getReceipt.query({ requestId: erasure.id })
  const own = receipt.services.find(({ service }) => service === 'privacy')!
  expect(own.kept).toContainEqual(
    expect.objectContaining({ table: 'evidence_log', rows: 1, until: '2028-01-31T10:00:00.000Z' }),
  )
  expect(await read('bob@example.org')).toHaveLength(1)
})

test('it is there until twelve months are over, also through a leap day, and gone at that moment', async () => {
  privacy.clock.set('2027-02-28T12:00:00.000Z')
  await startChat('eve@example.org')
  privacy.clock.set('2028-02-28T11:59:59.999Z')
  expect(await read('eve@example.org')).toHaveLength(1)
  privacy.clock.advance(1)
  expect(await read('eve@example.org')).toEqual([])
  await settle(async () => {
    expect(await privacy.query(`select from evidence_log where email = 'eve@example.org'`)).toEqual([])
    expect(
      await privacy.query('select from evidence_deadlines where at <= $1', [privacy.clock.now()]),
    ).toEqual([])
  })
})
