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
