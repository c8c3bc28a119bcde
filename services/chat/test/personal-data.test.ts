import { randomUUID } from 'node:crypto'
import { chat as chatContract } from '@candor/contracts/chat'
import { checkDataMap } from '@candor/personal-data/check-data-map'
import { createServiceClient } from '@candor/rpc/service-client'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chatData } from '../src/personal-data.ts'
import { startTestChat } from './start-chat.ts'

let chat: Awaited<ReturnType<typeof startTestChat>>
beforeAll(async () => {
  chat = await startTestChat()
})
afterAll(() => chat[Symbol.asyncDispose]())

test('every column of the database is declared, and personal data is behind forced row-level security', async () => {
  const pool = new pg.Pool({ connectionString: chat.database.superuserUrl })
  await using db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  expect(await checkDataMap(db, chatData)).toEqual([])
})

test('a person is found by address, exported, hidden, erased, and nothing is left', async () => {
  const tenantId = randomUUID()
  const visitorId = randomUUID()
  const visitor = await chat.visitor(tenantId, visitorId)
  const agent = await chat.staff(tenantId)
  const { conversation } = await visitor.startConversation.mutate({
    name: 'Ada',
    email: 'Ada@Example.org',
    text: 'My secret',
  })
  const other = await (
    await chat.visitor(tenantId)
  ).startConversation.mutate({ text: 'I am not ada@example.org' })

  const privacy = createServiceClient(chatContract, {
    nats: await chat.nats.connect('privacy'),
    self: 'privacy',
  })
  const asked = { tenantId, emails: ['ada@example.org'], visitorIds: [], userIds: [] }
  const subject = await privacy.locateSubject.query({ subject: asked })
  expect(subject.visitorIds).toEqual([visitorId])

  const holdings = await privacy.exportSubject.query({ subject })
  expect(JSON.stringify(holdings)).toContain('My secret')
  expect(JSON.stringify(holdings)).not.toContain('I am not')
  expect(holdings.find(({ category }) => category === 'contact-details')).toMatchObject({
    legalBasis: expect.stringContaining('6(1)(f)'),
    retention: expect.any(String),
    recipients: expect.any(Array),
    source: expect.any(String),
    purposes: expect.any(Array),
    records: [expect.objectContaining({ name: 'Ada', email: 'ada@example.org' })],
  })

  await privacy.hideSubject.mutate({ subject, requestId: randomUUID() })
  expect((await agent.listConversations.query({})).conversations.map(({ id }) => id)).toEqual([
    other.conversation.id,
  ])

  const report = await privacy.eraseSubject.mutate({ subject, requestId: randomUUID() })
  expect(report.erased).toContainEqual({ table: 'messages', action: 'deleted', rows: 1 })
  expect(report.erased).toContainEqual({ table: 'messages', action: 'redacted', rows: 1 })
  const { columnsSearched, residue } = await privacy.searchResidue.query({ subject })
  expect(residue).toEqual([])
  expect(columnsSearched).toBeGreaterThan(50)
  expect((await agent.listMessages.query({ conversationId: other.conversation.id })).messages[0]!.text).toBe(
    'I am not [erased]',
  )

  const late = visitor.postMessage.mutate({
    conversationId: conversation.id,
    clientMessageId: randomUUID(),
    text: 'late',
  })
  await expect(late).rejects.toMatchObject({ data: { reason: 'not-found' } })
  const again = visitor.startConversation.mutate({ email: 'ada@example.org', text: 'back' })
  await expect(again).rejects.toMatchObject({ data: { reason: 'not-signed-in' } })
})

test('the residual search finds what erasure did not know of', async () => {
  const tenantId = randomUUID()
  const pool = new pg.Pool({ connectionString: chat.database.superuserUrl })
  await pool.query('create table forgotten (tenant_id uuid, note text)')
  await pool.query('grant select on forgotten to chat_app')
  await pool.query('insert into forgotten values ($1, $2)', [tenantId, 'call grace@example.org'])
  const privacy = createServiceClient(chatContract, {
    nats: await chat.nats.connect('privacy'),
    self: 'privacy',
  })
  const subject = { tenantId, emails: ['grace@example.org'], visitorIds: [], userIds: [] }
  expect((await privacy.searchResidue.query({ subject })).residue).toEqual([
    { table: 'forgotten', column: 'note', rows: 1 },
  ])
  await pool.query('drop table forgotten')
  await pool.end()
})

test('only privacy may reach the data-holder procedures', async () => {
  const transcripts = await chat.nats.connect('transcripts')
  const thief = createServiceClient(chatContract, { nats: transcripts, self: 'privacy', timeoutMs: 500 })
  const subject = { tenantId: randomUUID(), emails: [], visitorIds: [], userIds: [] }
  await expect(thief.exportSubject.query({ subject })).rejects.toThrow('did not answer')
  const honest = createServiceClient(chatContract, { nats: transcripts, self: 'transcripts', timeoutMs: 500 })
  await expect(honest.exportSubject.query({ subject })).rejects.toThrow()
})
