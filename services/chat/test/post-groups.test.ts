import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createQueue } from './occupied-queue.ts'
import { startTestChat } from './start-chat.ts'

let chat: Awaited<ReturnType<typeof startTestChat>>
let database: pg.Client
beforeAll(async () => {
  chat = await startTestChat()
  database = new pg.Client(chat.database.superuserUrl)
  await database.connect()
})
afterAll(async () => {
  await database.end()
  await chat[Symbol.asyncDispose]()
})

type Client = Awaited<ReturnType<typeof chat.visitor>>

async function talk(tenantId = randomUUID()) {
  const visitorId = randomUUID()
  const client = await chat.visitor(tenantId, visitorId)
  const { conversation } = await client.startConversation.mutate({ text: 'Hello' })
  return { client, tenantId, conversationId: conversation.id, visitorId }
}
const post = (
  { client, conversationId }: { client: Client; conversationId: string },
  text: string,
  clientMessageId = randomUUID(),
) => client.postMessage.mutate({ conversationId, clientMessageId, text })

test('what many say at once in many businesses is stored and told in the order of each conversation', async () => {
  const talks = await Promise.all(Array.from({ length: 8 }, () => talk()))
  const posted = await Promise.all(
    Array.from({ length: 25 }, (_, n) => talks.map((one) => post(one, `word ${n}`))).flat(),
  )
  for (const { client, conversationId } of talks) {
    const { messages } = await client.listMessages.query({ conversationId })
    expect(messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 26 }, (_, n) => n + 1))
    const own = posted.filter((message) => message.conversationId === conversationId)
    expect(own.toSorted((a, b) => a.seq - b.seq)).toMatchObject(
      messages.slice(1).map(({ id, seq, text }) => ({ id, seq, text })),
    )
    const { rows: events } = await database.query(
      `select (payload->>'seq')::int as seq from outbox
       where stream_key = $1 and type = 'chat.message-posted' order by position`,
      [conversationId],
    )
    expect(events.map(({ seq }) => seq)).toEqual(messages.map(({ seq }) => seq))
  }
})

test('what waits is committed together, one of each conversation at a time', async () => {
  const talks = await Promise.all(Array.from({ length: 8 }, () => talk()))
  await using queue = createQueue(chat.database.appUrl, { connections: 2 })
  const free = await queue.occupy()
  const said = Array.from({ length: 25 }, () => talks.map(queue.put)).flat()
  free()
  const posted = await Promise.all(said)
  const { rows } = await database.query(
    'select count(distinct xmin::text)::int as commits from messages where id = any($1)',
    [posted.map((one) => one!.message.id)],
  )
  expect(rows[0].commits).toBeGreaterThanOrEqual(25)
  expect(rows[0].commits).toBeLessThan(60)
})

test('what cannot be stored in a group fails or waits alone, and everything beside it is stored', async () => {
  const [one, other, ended, locked] = await Promise.all([talk(), talk(), talk(), talk()])
  const agent = await chat.staff(ended.tenantId)
  await agent.closeConversation.mutate({ conversationId: ended.conversationId })
  const again = randomUUID()
  const first = await post(one, 'once', again)
  await database.query('begin')
  await database.query('select from conversations where id = $1 for update', [locked.conversationId])

  const waits = post(locked, 'when it is free')
  const results = await Promise.allSettled([
    post(one, 'stored'),
    post(other, 'stored too'),
    post({ ...one, conversationId: other.conversationId }, 'into the conversation of another business'),
    post(ended, 'after the end'),
    post(one, 'once', again),
    post(other, 'twice at once', again),
    post(other, 'twice at once', again),
  ])
  expect(results.map((result) => result.status === 'fulfilled' || result.reason.data.reason)).toEqual([
    true,
    true,
    'not-found',
    'closed',
    true,
    true,
    true,
  ])
  const ids = results.map((result) => result.status === 'fulfilled' && result.value.id)
  expect(ids[4]).toBe(first.id)
  expect(ids[5]).toBe(ids[6])
  await database.query('commit')
  expect(await waits).toMatchObject({ seq: 2, text: 'when it is free' })
  const { messages } = await other.client.listMessages.query({ conversationId: other.conversationId })
  expect(messages.map(({ text }) => text).toSorted()).toEqual(['Hello', 'stored too', 'twice at once'])
})

test('where a group fails as a whole, each of it is tried alone: one is refused, the others are stored', async () => {
  const talks = await Promise.all(Array.from({ length: 6 }, () => talk()))
  await database.query(`
    create function refuse() returns trigger language plpgsql as $$ begin raise exception 'refused'; end $$;
    create trigger refuse before insert on messages for each row when (new.text = 'poison') execute function refuse()`)
  const results = await Promise.allSettled(talks.map((one, n) => post(one, n === 3 ? 'poison' : 'fine')))
  await database.query('drop function refuse cascade')
  expect(results.map(({ status }) => status)).toEqual(
    talks.map((_, n) => (n === 3 ? 'rejected' : 'fulfilled')),
  )
  expect(results[3]).toMatchObject({ reason: { data: { reason: 'internal' } } })
})

test('agents and visitors of one conversation see in each answer the conversation as it was then', async () => {
  const one = await talk()
  const agent = { ...one, client: await chat.staff(one.tenantId) }
  await post(agent, 'the name is known from here on')
  const said = await Promise.all([post(one, 'a'), post(agent, 'b'), post(one, 'c'), post(agent, 'd')])
  expect(said.map(({ author }) => author.kind)).toEqual(['visitor', 'staff', 'visitor', 'staff'])
  expect(said[1]!.author).toMatchObject({ name: expect.stringMatching(/^Agent /) })
  const { conversations } = await agent.client.listConversations.query({})
  const newest = said.toSorted((a, b) => b.seq - a.seq)[0]!
  expect(conversations[0]).toMatchObject({ lastSeq: 6, lastMessage: newest.text })
  const side = newest.author.kind === 'staff' ? 'staff' : 'visitor'
  expect(conversations[0]!.markers[side as 'staff']).toEqual({ delivered: 6, read: 6 })
})

test('what a message changes of its conversation stands in no index: its row is written on the page where it is', async () => {
  const { rows } = await database.query(
    `select attname from pg_index join pg_attribute on attrelid = indexrelid where indrelid = 'conversations'::regclass`,
  )
  const indexed = rows.map(({ attname }) => attname)
  expect(indexed).toContain('changed_about')
  const changed = ['last_seq', 'last_text', 'text_bytes', 'updated_at']
  const markers = ['visitor_delivered', 'visitor_read', 'staff_delivered', 'staff_read']
  expect([...changed, ...markers].filter((column) => indexed.includes(column))).toEqual([])
})

test('a group reaches the businesses it names and no other, whatever it asks for', async () => {
  const one = await talk()
  const entry = {
    place: 0,
    id: randomUUID(),
    event_id: randomUUID(),
    tenant_id: one.tenantId,
    conversation_id: one.conversationId,
    author_kind: 'staff',
    author_id: randomUUID(),
    text: 'of somebody else',
    client_message_id: randomUUID(),
    at: new Date(),
  }
  await database.query('insert into staff (tenant_id, user_id, name) values ($1, $2, $3)', [
    one.tenantId,
    entry.author_id,
    'Ann',
  ])
  const app = new pg.Client(chat.database.appUrl)
  await app.connect()
  const postAs = (tenants: string) =>
    app.query('select place from post_messages($1, $2, false, 100, 100000, $3)', [
      tenants,
      JSON.stringify([entry]),
      'chat.message-posted',
    ])
  expect((await postAs(randomUUID())).rows).toEqual([])
  expect((await postAs(one.tenantId)).rows).toEqual([{ place: 0 }])
  expect((await app.query('select from conversations')).rows).toEqual([])
  await app.end()
})

test('while nothing can be stored, what waits is refused in time and may be tried again, and what was begun is stored', async () => {
  const [one, other] = await Promise.all([talk(), talk()])
  await using queue = createQueue(chat.database.appUrl, { connections: 1, waitMs: 100, waitingMax: 10 })
  const free = await queue.occupy()
  const begun = [one, other].map(queue.put)
  const waits = Array.from({ length: 10 }, () => queue.put(one))
  const refused = (promise: Promise<unknown>) =>
    expect(promise).rejects.toMatchObject({
      reason: 'unavailable',
      message: 'messages are stored too slowly; try again',
    })
  await refused(queue.put(one))
  await Promise.all(waits.map(refused))
  free()
  const stored = { message: { text: 'Is anybody there?' } }
  expect([...(await Promise.all(begun)), await queue.put(one)]).toMatchObject([stored, stored, stored])
})
