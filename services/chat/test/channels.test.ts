import { randomUUID } from 'node:crypto'
import { imsupporting } from '@candor/policy/packs/imsupporting'
import { fixedPolicies } from '@candor/testing/fixed-policies'
import { settle } from '@candor/testing/settle'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestChat } from './start-chat.ts'

let chat: Awaited<ReturnType<typeof startTestChat>>
let sql: pg.Pool
beforeAll(async () => {
  chat = await startTestChat({ policies: fixedPolicies(() => imsupporting.policy) })
  sql = new pg.Pool({ connectionString: chat.database.superuserUrl, max: 2 })
})
afterAll(async () => {
  await sql.end()
  await chat[Symbol.asyncDispose]()
})

/** What staff wrote down of a call, a minute ago. */
function aCall(contact: { contactId?: string; name?: string; email?: string; phone?: string } = {}) {
  const at = new Date(chat.clock.now().getTime() - 60_000).toISOString()
  return {
    recordKey: randomUUID(),
    channel: 'call' as const,
    contact,
    entries: [
      { from: 'visitor' as const, text: 'Is the blue one in stock?', at },
      { from: 'staff' as const, text: 'Two of them', at },
    ],
  }
}

test('a call that staff write down is a closed conversation of its channel: every entry in order, once', async () => {
  chat.clock.set('2026-11-22T12:00:00.000Z')
  const tenantId = randomUUID()
  const agent = await chat.staff(tenantId)
  const call = aCall({ name: 'Carla Caller', phone: '+49 40 123456' })
  const [once, again] = await Promise.all([
    agent.recordConversation.mutate(call),
    agent.recordConversation.mutate(call),
  ])
  expect(again).toEqual(once)
  expect(await agent.recordConversation.mutate(call)).toEqual(once)
  expect(once).toMatchObject({ channel: 'call', status: 'closed', closedAt: '2026-11-22T11:59:00.000Z' })
  const { messages } = await agent.listMessages.query({ conversationId: once.id })
  expect(messages.map(({ seq, author, text }) => [seq, author.kind, text])).toEqual([
    [1, 'visitor', 'Is the blue one in stock?'],
    [2, 'staff', 'Two of them'],
  ])
  const { conversations } = await agent.listConversations.query({ channel: 'call' })
  expect(conversations.map(({ id }) => id)).toEqual([once.id])
  expect((await agent.listConversations.query({ channel: 'chat' })).conversations).toEqual([])
  expect(await agent.getContact.query({ contactId: once.contact.id })).toMatchObject({
    name: 'Carla Caller',
    phone: '+49 40 123456',
    conversationIds: [once.id],
  })
})

test('a key that has started a chat of the same person is refused for what is written down of them', async () => {
  const tenantId = randomUUID()
  const [agent, visitor] = [await chat.staff(tenantId), await chat.visitor(tenantId)]
  const clientMessageId = randomUUID()
  const { conversation } = await visitor.startConversation.mutate({ clientMessageId, text: 'Hello' })
  const call = { ...aCall({ contactId: conversation.contact.id }), recordKey: clientMessageId }
  await expect(agent.recordConversation.mutate(call)).rejects.toMatchObject({ data: { reason: 'conflict' } })
})

test('what the notice promises not to store is masked in what is written down too, and the writer is told', async () => {
  const agent = await chat.staff(randomUUID())
  const call = aCall()
  const entries = [{ ...call.entries[0]!, text: 'The card is 4242 4242 4242 4242' }]
  const { id, masked, lastMessage } = await agent.recordConversation.mutate({ ...call, entries })
  expect(masked).toEqual(['card-number'])
  expect(lastMessage).not.toContain('4242 4242')
  const { messages } = await agent.listMessages.query({ conversationId: id })
  expect(messages[0]!.text).not.toContain('4242 4242')
})

test('an entry of tomorrow, or before the one above it, is refused by its place', async () => {
  const agent = await chat.staff(randomUUID())
  const call = aCall()
  const at = (hours: number) => new Date(chat.clock.now().getTime() + hours * 3_600_000).toISOString()
  const said = (times: number[]) =>
    agent.recordConversation.mutate({
      ...call,
      entries: times.map((hours) => ({ from: 'visitor', text: 'Hello', at: at(hours) })),
    })
  await expect(said([-1, 1])).rejects.toMatchObject({
    data: { reason: 'bad-input', fields: [{ path: 'entries.1.at', message: 'lies in the future' }] },
  })
  await expect(said([-1, -2])).rejects.toMatchObject({ data: { fields: [{ path: 'entries.1.at' }] } })
})

test('calls from one address are one contact, and are never put with a chat that claims the address', async () => {
  const tenantId = randomUUID()
  const email = 'victim@example.com'
  const agent = await chat.staff(tenantId)
  const visitor = await chat.visitor(tenantId)
  const { conversation: chatted } = await visitor.startConversation.mutate({ email, text: 'It is me' })
  const first = await agent.recordConversation.mutate(aCall({ email }))
  const second = await agent.recordConversation.mutate(aCall({ email: 'Victim@Example.com', name: 'Vic' }))
  expect(second.contact).toEqual({ id: first.contact.id, name: 'Vic', email })
  expect(first.contact.id).not.toBe(chatted.contact.id)
})

test("what staff put with a visitor's contact is not shown in the visitor's chat", async () => {
  const tenantId = randomUUID()
  const agent = await chat.staff(tenantId)
  const visitor = await chat.visitor(tenantId)
  const { conversation } = await visitor.startConversation.mutate({ name: 'Ada', text: 'Hello' })
  const call = await agent.recordConversation.mutate(aCall({ contactId: conversation.contact.id }))
  expect((await visitor.listConversations.query({})).conversations.map(({ id }) => id)).toEqual([
    conversation.id,
  ])
  const read = visitor.listMessages.query({ conversationId: call.id })
  await expect(read).rejects.toMatchObject({ data: { reason: 'not-found' } })
})

test('mail is there to the end of its two years with who wrote it, and what was called goes after twelve months', async () => {
  const tenantId = randomUUID()
  chat.clock.set('2027-02-28T12:00:00.000Z')
  const agent = await chat.staff(tenantId)
  const contact = { email: 'mia@example.com', name: 'Mia' }
  const at = chat.clock.now().toISOString()
  const mail = {
    ...aCall(contact),
    channel: 'mail' as const,
    entries: [{ from: 'visitor' as const, text: 'By mail', at }],
  }
  const { id } = await agent.recordConversation.mutate(mail)
  await agent.recordConversation.mutate({ ...mail, recordKey: randomUUID(), channel: 'call' })
  const held = async () => {
    const { rows } = await sql.query<{ channel: string; messages: number; name: string }>(
      `select retention_class as channel, name, (select count(*)::int from messages m
         where m.tenant_id = c.tenant_id and m.conversation_id = c.id) as messages
       from conversations c join contacts k on k.tenant_id = c.tenant_id and k.id = c.contact_id
       where c.tenant_id = $1 order by 1`,
      [tenantId],
    )
    return rows
  }
  const byMail = { channel: 'mail', name: 'Mia', messages: 1 }
  expect(await held()).toEqual([{ ...byMail, channel: 'call' }, byMail])
  chat.clock.set('2028-02-28T12:00:00.000Z')
  await settle(async () => expect(await held()).toEqual([byMail]))
  chat.clock.set('2029-02-28T11:59:59.999Z')
  // A conversation that is due now shows that the sweep has been here since.
  const witness = randomUUID()
  const witnessed = await (
    await chat.staff(witness)
  ).recordConversation.mutate({
    ...aCall(),
    entries: [{ from: 'visitor', text: 'Long ago', at: '2027-03-01T00:00:00.000Z' }],
  })
  const isSwept = async () =>
    (await sql.query('select from conversations where id = $1', [witnessed.id])).rowCount === 0
  await settle(async () => expect(await isSwept()).toBe(true))
  expect(await held()).toEqual([byMail])
  chat.clock.set('2029-02-28T12:00:00.000Z')
  await settle(async () => {
    const { rows } = await sql.query('select from contacts where tenant_id = $1', [tenantId])
    expect([await held(), rows]).toEqual([[], []])
  })
  const gone = (await chat.staff(tenantId)).listMessages.query({ conversationId: id })
  await expect(gone).rejects.toMatchObject({ data: { reason: 'not-found' } })
})
