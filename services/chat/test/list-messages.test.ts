import { randomUUID } from 'node:crypto'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { expect, test } from 'vitest'
import type { Deps } from '../src/domain/deps.ts'
import { listMessages } from '../src/domain/list-messages.ts'
import type { Database } from '../src/store/tables.ts'
import { startTestChat } from './start-chat.ts'

test('the last number that is told is never below a message told with it, whenever that was posted', async () => {
  await using chat = await startTestChat()
  const [tenantId, visitorId] = [randomUUID(), randomUUID()]
  const visitor = await chat.visitor(tenantId, visitorId)
  const { conversation } = await visitor.startConversation.mutate({ text: 'Hello' })
  const conversationId = conversation.id
  const pool = new pg.Pool({ connectionString: chat.database.appUrl })
  await using db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
  const postAfterEachRead = db.withPlugin({
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      await visitor.postMessage.mutate({ conversationId, clientMessageId: randomUUID(), text: 'More' })
      return result
    },
  })
  const caller = { kind: 'visitor', tenantId, visitorId, sessionId: randomUUID() } as const
  const deps = { db: postAfterEachRead } as unknown as Deps
  const { messages, lastSeq } = await listMessages(deps, caller, { conversationId, limit: 50 })
  expect(messages.length).toBeGreaterThan(1)
  expect(lastSeq).toBe(messages.at(-1)!.seq)
})
