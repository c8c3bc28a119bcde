import { randomUUID } from 'node:crypto'
import { chat as chatContract } from '@candor/contracts/chat'
import { createServiceClient } from '@candor/rpc/service-client'
import { settle } from '@candor/testing/settle'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestChat } from './start-chat.ts'

let chat: Awaited<ReturnType<typeof startTestChat>>
let sql: pg.Pool
beforeAll(async () => {
  chat = await startTestChat()
  sql = new pg.Pool({ connectionString: chat.database.superuserUrl, max: 1 })
})
afterAll(async () => {
  await sql.end()
  await chat[Symbol.asyncDispose]()
})

const refused = (reason: string) => ({ data: { reason } })

test('staff neither see nor use a restricted person’s records, what happened is still archived, and all is back once released', async () => {
  const [tenantId, visitorId, requestId] = [randomUUID(), randomUUID(), randomUUID()]
  const visitor = await chat.visitor(tenantId, visitorId)
  const agent = await chat.staff(tenantId)
  const { conversation } = await visitor.startConversation.mutate({ email: 'ada@example.org', text: 'hello' })
  const privacy = createServiceClient(chatContract, {
    nats: await chat.nats.connect('privacy'),
    self: 'privacy',
  })
  const archive = createServiceClient(chatContract, {
    nats: await chat.nats.connect('transcripts'),
    self: 'transcripts',
  })
  const subject = { tenantId, emails: ['ada@example.org'], visitorIds: [visitorId], userIds: [] }
  await privacy.restrictSubject.mutate({ subject, requestId, processing: ['everything'] })

  const conversationId = conversation.id
  expect((await agent.listConversations.query({})).conversations).toEqual([])
  await expect(agent.listMessages.query({ conversationId })).rejects.toMatchObject(refused('not-found'))
  await expect(agent.getContact.query({ contactId: conversation.contact.id })).rejects.toMatchObject(
    refused('not-found'),
  )
  const post = { conversationId, clientMessageId: randomUUID(), text: 'still there?' }
  await expect(agent.postMessage.mutate(post)).rejects.toMatchObject(refused('not-found'))
  await expect(visitor.startConversation.mutate({ text: 'again' })).rejects.toMatchObject(refused('conflict'))
  expect(await archive.getConversationRecord.query({ tenantId, conversationId })).toMatchObject({ visitorId })
  expect(await privacy.findTenants.query({ email: 'ada@example.org' })).toEqual([tenantId])

  await privacy.releaseSubject.mutate({ tenantId, requestId })
  expect((await agent.listConversations.query({})).conversations).toHaveLength(1)
  await agent.postMessage.mutate(post)
})

test('a correction reaches the contact, found by the wrong address', async () => {
  const tenantId = randomUUID()
  const visitor = await chat.visitor(tenantId)
  const { conversation } = await visitor.startConversation.mutate({
    email: 'typo@example.org',
    text: 'hello',
  })
  const privacy = createServiceClient(chatContract, {
    nats: await chat.nats.connect('privacy'),
    self: 'privacy',
  })
  const subject = { tenantId, emails: ['typo@example.org'], visitorIds: [], userIds: [] }
  const correction = { field: 'email', from: 'typo@example.org', to: 'right@example.org' } as const
  expect(await privacy.correctSubject.mutate({ subject, ...correction })).toEqual([
    { table: 'contacts', column: 'email', rows: 1 },
  ])
  const agent = await chat.staff(tenantId)
  expect(await agent.getContact.query({ contactId: conversation.contact.id })).toMatchObject({
    email: 'right@example.org',
  })
})

test('what is restricted outlives its period and the month it stands in, and goes once it is released', async () => {
  const [tenantId, requestId] = [randomUUID(), randomUUID()]
  const staff = async () => (await chat.staff(tenantId)).listConversations.query({ status: 'closed' })
  const [ada, bob] = [randomUUID(), randomUUID()]
  for (const visitorId of [ada, bob]) {
    const visitor = await chat.visitor(tenantId, visitorId)
    const { conversation } = await visitor.startConversation.mutate({ text: 'hello' })
    await visitor.closeConversation.mutate({ conversationId: conversation.id })
  }
  const privacy = createServiceClient(chatContract, {
    nats: await chat.nats.connect('privacy'),
    self: 'privacy',
  })
  const subject = { tenantId, emails: [], visitorIds: [ada], userIds: [] }
  await privacy.restrictSubject.mutate({ subject, requestId, processing: ['everything'] })
  expect((await staff()).conversations).toHaveLength(1)
  // An event's period begins when it is published: that must not be years from now.
  const unpublished = async () => (await sql.query('select from outbox where published_at is null')).rowCount
  await settle(async () => expect(await unpublished()).toBe(0))
  chat.clock.advance(3 * 366 * 86_400_000)
  await settle(async () => expect((await staff()).conversations).toEqual([]))
  const held = async () =>
    (await privacy.exportSubject.query({ subject })).map(({ table }) => table).toSorted()
  expect(await held()).toEqual(expect.arrayContaining(['conversations', 'messages']))
  await privacy.releaseSubject.mutate({ tenantId, requestId })
  await settle(async () => expect(await held()).toEqual([]))
})
