import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestChat } from './start-chat.ts'

let chat: Awaited<ReturnType<typeof startTestChat>>
beforeAll(async () => {
  chat = await startTestChat()
})
afterAll(() => chat[Symbol.asyncDispose]())

test('a visitor starts a conversation, an agent takes it, both write, the agent closes it', async () => {
  const tenant = randomUUID()
  const visitor = await chat.visitor(tenant)
  const agent = await chat.staff(tenant)

  const { conversation, message } = await visitor.startConversation.mutate({
    name: 'Mina',
    text: 'Is it waterproof?',
  })
  expect(conversation).toMatchObject({
    status: 'waiting',
    contact: { name: 'Mina', email: null },
    lastSeq: 1,
  })
  expect(message).toMatchObject({
    seq: 1,
    author: { kind: 'visitor', name: 'Mina' },
    text: 'Is it waterproof?',
  })

  const inbox = await agent.listConversations.query({ status: 'waiting' })
  expect(inbox.conversations.map(({ id }) => id)).toEqual([conversation.id])

  const id = { conversationId: conversation.id }
  expect(await agent.takeConversation.mutate(id)).toMatchObject({
    status: 'open',
    assignee: { name: /^Agent/ },
  })
  await agent.postMessage.mutate({ ...id, clientMessageId: randomUUID(), text: 'Yes, to 10 m.' })
  expect(await agent.closeConversation.mutate(id)).toMatchObject({ status: 'closed', lastSeq: 4 })

  const { messages } = await visitor.listMessages.query(id)
  expect(messages.map(({ seq, text, notice }) => [seq, text, notice])).toEqual([
    [1, 'Is it waterproof?', null],
    [2, '', 'taken'],
    [3, 'Yes, to 10 m.', null],
    [4, '', 'closed'],
  ])
  const refused = visitor.postMessage.mutate({ ...id, clientMessageId: randomUUID(), text: 'One more thing' })
  await expect(refused).rejects.toMatchObject({ data: { reason: 'closed', httpStatus: 412 } })
})

test.for([
  ['text', 'text_bytes = 999990'],
  ['messages', 'last_seq = 9999'],
])('a conversation full of %s takes no more, and can still be closed', async ([, nearlyFull]) => {
  const tenant = randomUUID()
  const visitor = await chat.visitor(tenant)
  const { conversation } = await visitor.startConversation.mutate({ text: 'Hello' })
  const superuser = new pg.Client(chat.database.superuserUrl)
  await superuser.connect()
  await superuser.query(`update conversations set ${nearlyFull} where id = $1`, [conversation.id])
  await superuser.end()
  const post = (text: string) =>
    visitor.postMessage.mutate({ conversationId: conversation.id, clientMessageId: randomUUID(), text })
  await post('ä'.repeat(5))
  await expect(post('!')).rejects.toMatchObject({
    message: 'this conversation is full; start another one',
    data: { reason: 'closed', retryable: false },
  })
  const agent = await chat.staff(tenant)
  const closed = await agent.closeConversation.mutate({ conversationId: conversation.id })
  expect(closed.status).toBe('closed')
})

test('posting again with the same client message id stores one message and answers it again', async () => {
  const visitor = await chat.visitor(randomUUID())
  const { conversation } = await visitor.startConversation.mutate({ text: 'Hello' })
  const post = { conversationId: conversation.id, clientMessageId: randomUUID(), text: 'Once' }
  const answers = await Promise.all(Array.from({ length: 8 }, () => visitor.postMessage.mutate(post)))
  expect(new Set(answers.map(({ id, seq }) => `${id} ${seq}`)).size).toBe(1)
  expect((await visitor.listMessages.query({ conversationId: conversation.id })).lastSeq).toBe(2)
})

test('starting again with the same client message id finds the same conversation', async () => {
  const visitor = await chat.visitor(randomUUID())
  const start = { clientMessageId: randomUUID(), text: 'Hello' }
  const answers = await Promise.all(Array.from({ length: 5 }, () => visitor.startConversation.mutate(start)))
  expect(new Set(answers.map(({ conversation }) => conversation.id)).size).toBe(1)
  expect(answers.every(({ message }) => message?.seq === 1)).toBe(true)
})

test('sequence numbers have no gaps and no repeats under sixteen writers', async () => {
  const tenant = randomUUID()
  const visitor = await chat.visitor(tenant)
  const agent = await chat.staff(tenant)
  const { conversation } = await visitor.startConversation.mutate({ text: 'first' })
  const post = (writer: typeof visitor, text: string) =>
    writer.postMessage.mutate({ conversationId: conversation.id, clientMessageId: randomUUID(), text })
  await Promise.all(Array.from({ length: 48 }, (_, n) => post(n % 2 ? visitor : agent, `m${n}`)))
  const { messages } = await agent.listMessages.query({ conversationId: conversation.id, limit: 200 })
  expect(messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 49 }, (_, n) => n + 1))
})

test('of two agents who take a conversation at once, one has it', async () => {
  const tenant = randomUUID()
  const { conversation } = await (await chat.visitor(tenant)).startConversation.mutate({ text: 'Anyone?' })
  const agents = await Promise.all([chat.staff(tenant), chat.staff(tenant)])
  const taken = await Promise.allSettled(
    agents.map((a) => a.takeConversation.mutate({ conversationId: conversation.id })),
  )
  expect(taken.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(taken.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { data: { reason: 'conflict' } },
  })
})

test("another visitor's and another tenant's conversation is not found", async () => {
  const tenant = randomUUID()
  const { conversation } = await (await chat.visitor(tenant)).startConversation.mutate({ text: 'private' })
  for (const stranger of [
    await chat.visitor(tenant),
    await chat.visitor(randomUUID()),
    await chat.staff(randomUUID()),
  ]) {
    const read = stranger.listMessages.query({ conversationId: conversation.id })
    await expect(read).rejects.toMatchObject({ data: { reason: 'not-found' } })
    const write = stranger.postMessage.mutate({
      conversationId: conversation.id,
      clientMessageId: randomUUID(),
      text: 'x',
    })
    await expect(write).rejects.toMatchObject({ data: { reason: 'not-found' } })
  }
})

test('markers move forward only and never past the last message', async () => {
  const tenant = randomUUID()
  const visitor = await chat.visitor(tenant)
  const agent = await chat.staff(tenant)
  const { conversation } = await visitor.startConversation.mutate({ text: 'one' })
  const id = { conversationId: conversation.id }
  expect(await agent.markRead.mutate({ ...id, seq: 1, state: 'delivered' })).toMatchObject({
    staff: { delivered: 1, read: 0 },
  })
  expect(await agent.markRead.mutate({ ...id, seq: 99 })).toMatchObject({ staff: { delivered: 1, read: 1 } })
  expect(await agent.markRead.mutate({ ...id, seq: 0 })).toMatchObject({ staff: { delivered: 1, read: 1 } })
})

test('the inbox pages through every conversation once, latest first', async () => {
  const tenant = randomUUID()
  const agent = await chat.staff(tenant)
  for (let n = 0; n < 7; n++) await (await chat.visitor(tenant)).startConversation.mutate({ text: `c${n}` })
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await agent.listConversations.query({ limit: 3, cursor })
    seen.push(...page.conversations.map(({ lastMessage }) => lastMessage!))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  expect(seen.toSorted()).toEqual(['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6'])
  expect(new Set(seen).size).toBe(7)
})

test('a bad value is refused with the name of its field', async () => {
  const visitor = await chat.visitor(randomUUID())
  const post = visitor.postMessage.mutate({
    conversationId: 'nope',
    clientMessageId: randomUUID(),
    text: 'a\u0000b',
  })
  await expect(post).rejects.toMatchObject({
    data: { reason: 'bad-input', httpStatus: 400, fields: [{ path: 'conversationId' }, { path: 'text' }] },
  })
})

test("a session belongs to one address: with another it is another person's and has to be a new one", async () => {
  const visitor = await chat.visitor(randomUUID())
  const first = await visitor.startConversation.mutate({ text: 'no address yet' })
  const second = await visitor.startConversation.mutate({ email: 'Ana@example.org', text: 'now with one' })
  expect(second.conversation.contact).toEqual({ ...first.conversation.contact, email: 'ana@example.org' })
  await visitor.startConversation.mutate({ email: 'ana@example.org', text: 'the same again' })
  const other = visitor.startConversation.mutate({ email: 'ben@example.org', text: 'at the same device' })
  await expect(other).rejects.toMatchObject({ data: { reason: 'conflict' } })
})

test('starts of one visitor are counted one after the other, so that no race passes the limit', async () => {
  const visitor = await chat.visitor(randomUUID())
  const starts = Array.from({ length: 30 }, () => visitor.startConversation.mutate({ text: 'flood' }))
  const outcomes = await Promise.allSettled(starts)
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(20)
  expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { data: { reason: 'too-many' } },
  })
})
