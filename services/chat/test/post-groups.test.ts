import { randomUUID } from 'node:crypto'
import { createLogger } from '@candor/runtime/logger'
import { createMetrics } from '@candor/runtime/metrics'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPostQueue } from '../src/domain/post-queue.ts'
import type { Database } from '../src/store/tables.ts'
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
  const client = await chat.visitor(tenantId)
  const { conversation } = await client.startConversation.mutate({ text: 'Hello' })
  return { client, tenantId, conversationId: conversation.id }
}
const post = (
  { client, conversationId }: { client: Client; conversationId: string },
  text: string,
  clientMessageId = randomUUID(),
) => client.postMessage.mutate({ conversationId, clientMessageId, text })

test('what many say at once in many businesses is committed in few groups, each conversation in its order', async () => {
  const talks = await Promise.all(Array.from({ length: 8 }, () => talk()))
  // The first two groups stand still, so that there is something to wait for however quick the machine is.
  await database.query('begin; lock table messages in exclusive mode')
  const said = Array.from({ length: 25 }, (_, n) => talks.map((one) => post(one, `word ${n}`))).flat()
  // What is asked after them is answered once they have come.
  await Promise.all(talks.map(({ client, conversationId }) => client.listMessages.query({ conversationId })))
  await database.query('commit')
  const posted = await Promise.all(said)
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
  const { rows } = await database.query(
    'select count(distinct xmin::text)::int as commits from messages where id = any($1)',
    [posted.map(({ id }) => id)],
  )
  expect(rows[0].commits).toBeLessThan(posted.length * 0.8)
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
  const pool = new pg.Pool({ connectionString: chat.database.appUrl, max: 1 })
  await using db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
  const needs = {
    db,
    log: createLogger({ service: 'chat', level: 'silent' }),
    metrics: createMetrics('chat'),
  }
  const posts = createPostQueue(needs, { waitMs: 100, waitingMax: 10 })
  const { rows } = await database.query(
    'select tenant_id, id, visitor_id from conversations where id = any($1)',
    [[one.conversationId, other.conversationId]],
  )
  const put = ({ tenant_id: tenantId, id: conversationId, visitor_id: visitorId }: (typeof rows)[number]) =>
    posts.put({
      tenantId,
      conversationId,
      author: { kind: 'visitor', visitorId },
      id: randomUUID(),
      eventId: randomUUID(),
      clientMessageId: randomUUID(),
      text: 'Is anybody there?',
      now: new Date(),
      traceparent: null,
    })
  const connection = await pool.connect()
  const begun = rows.map(put)
  const waits = Array.from({ length: 10 }, () => put(rows[0]))
  const refused = (promise: Promise<unknown>) =>
    expect(promise).rejects.toMatchObject({
      reason: 'unavailable',
      message: 'messages are stored too slowly; try again',
    })
  await refused(put(rows[0]))
  await Promise.all(waits.map(refused))
  connection.release()
  const stored = { message: { text: 'Is anybody there?' } }
  expect([...(await Promise.all(begun)), await put(rows[0])]).toMatchObject([stored, stored, stored])
})
