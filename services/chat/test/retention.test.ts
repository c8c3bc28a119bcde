import { randomUUID } from 'node:crypto'
import { settle } from '@candor/testing/settle'
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestChat } from './start-chat.ts'

let chat: Awaited<ReturnType<typeof startTestChat>>
let superuser: Kysely<any>
beforeAll(async () => {
  chat = await startTestChat()
  superuser = new Kysely({
    dialect: new PostgresDialect({
      pool: new pg.Pool({ connectionString: chat.database.superuserUrl, max: 2 }),
    }),
  })
})
afterAll(async () => {
  await superuser.destroy()
  await chat[Symbol.asyncDispose]()
})

async function count(tenantId: string) {
  const counts = await Promise.all(
    ['contacts', 'conversations', 'messages'].map(async (table) => {
      const { rows } = await sql<{ n: string }>`
        select count(*) as n from ${sql.table(table)} where tenant_id = ${tenantId}`.execute(superuser)
      return Number(rows[0]!.n)
    }),
  )
  return { contacts: counts[0], conversations: counts[1], messages: counts[2] }
}

test('a closed conversation is there until its twelfth month ends, then it and its contact are gone, and others stay', async () => {
  const tenantId = randomUUID()
  chat.clock.set('2027-01-31T12:00:00.000Z')
  const visitor = await chat.visitor(tenantId)
  const { conversation } = await visitor.startConversation.mutate({ name: 'Ada', text: 'hello' })
  await visitor.closeConversation.mutate({ conversationId: conversation.id })
  const before = { contacts: 1, conversations: 1, messages: 2 }
  expect(await count(tenantId)).toEqual(before)
  chat.clock.set('2028-01-31T11:59:59.999Z')
  const other = await chat.visitor(tenantId)
  const { conversation: late } = await other.startConversation.mutate({ text: 'new here' })
  expect(await count(tenantId)).toEqual({ contacts: 2, conversations: 2, messages: 3 })
  chat.clock.set('2028-01-31T12:00:00.000Z')
  await settle(async () =>
    expect(await count(tenantId)).toEqual({ contacts: 1, conversations: 1, messages: 1 }),
  )
  await other.postMessage.mutate({
    conversationId: late.id,
    clientMessageId: randomUUID(),
    text: 'still here',
  })
})

async function partitions(): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select relid::text as name from pg_partition_tree('messages') where isleaf order by 1`.execute(superuser)
  return rows.map(({ name }) => name)
}

test('a month of messages goes as one when all of it is past, of every business; while one is not it stays', async () => {
  const [one, two] = [randomUUID(), randomUUID()]
  chat.clock.set('2030-03-10T12:00:00.000Z')
  const first = await chat.visitor(one)
  const { conversation } = await first.startConversation.mutate({ text: 'March' })
  await first.closeConversation.mutate({ conversationId: conversation.id })
  chat.clock.set('2030-03-20T12:00:00.000Z')
  const visitorId = randomUUID()
  const second = await chat.visitor(two, visitorId)
  const { conversation: later } = await second.startConversation.mutate({ text: 'March too' })
  chat.clock.set('2030-06-01T12:00:00.000Z')
  const june = { conversationId: later.id, clientMessageId: randomUUID(), text: 'June' }
  await (await chat.visitor(two, visitorId)).postMessage.mutate(june)
  expect(await partitions()).toContain('messages_chat_203003')

  chat.clock.set('2031-05-31T12:00:00.000Z')
  await settle(async () => expect((await count(one)).conversations).toBe(0))
  expect(await count(two)).toEqual({ contacts: 1, conversations: 1, messages: 2 })
  expect(await partitions()).toContain('messages_chat_203003')

  chat.clock.set('2031-06-01T12:00:00.000Z')
  await settle(async () => expect(await partitions()).not.toContain('messages_chat_203003'))
  await settle(async () => expect(await count(two)).toEqual({ contacts: 0, conversations: 0, messages: 0 }))
})

test('posts and starts succeed while months are dropped and rows are swept', async () => {
  const tenantId = randomUUID()
  chat.clock.set('2032-01-10T12:00:00.000Z')
  for (let month = 0; month < 6; month++) {
    chat.clock.set(new Date(Date.UTC(2032, month, 10)).toISOString())
    const visitor = await chat.visitor(tenantId)
    const { conversation } = await visitor.startConversation.mutate({ text: `month ${month}` })
    await visitor.closeConversation.mutate({ conversationId: conversation.id })
  }
  chat.clock.set('2034-01-01T00:00:00.000Z')
  const poster = await chat.visitor(randomUUID())
  const { conversation } = await poster.startConversation.mutate({ text: 'busy' })
  const isSwept = async () => (await count(tenantId)).conversations === 0
  let posted = 0
  while (posted < 50 || !(await isSwept())) {
    const input = { conversationId: conversation.id, clientMessageId: randomUUID(), text: `${posted}` }
    expect((await poster.postMessage.mutate(input)).seq).toBe(++posted + 1)
  }
  // Contacts follow the last of their conversations within the same sweep.
  await settle(async () =>
    expect(await count(tenantId)).toEqual({ contacts: 0, conversations: 0, messages: 0 }),
  )
})
