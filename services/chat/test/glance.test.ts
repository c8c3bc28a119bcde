import { randomUUID } from 'node:crypto'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { expect, test } from 'vitest'
import { createGlance } from '../src/live/glance.ts'
import type { Database } from '../src/store/tables.ts'
import { startTestChat } from './start-chat.ts'

test('streams that are quiet ask together: one question for all, and each is told of its own business alone', async () => {
  await using chat = await startTestChat()
  const talks = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const tenantId = randomUUID()
      const visitor = await chat.visitor(tenantId)
      const { conversation } = await visitor.startConversation.mutate({ text: 'Hello' })
      return { tenantId, id: conversation.id }
    }),
  )
  const asked: string[] = []
  await using db = new Kysely<Database>({
    dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: chat.database.appUrl }) }),
    log: ({ query }) => void asked.push(query.sql),
  })
  const glance = createGlance(db)
  const [first, second] = talks
  const found = await Promise.all([
    ...talks.map(glance),
    glance(first!),
    glance({ tenantId: first!.tenantId, id: second!.id }),
    glance({ tenantId: first!.tenantId, id: randomUUID() }),
  ])
  expect(asked.filter((text) => text.includes('from conversations'))).toHaveLength(1)
  expect(found.map((conversation) => conversation?.id)).toEqual([
    ...talks.map(({ id }) => id),
    first!.id,
    undefined,
    undefined,
  ])
})
