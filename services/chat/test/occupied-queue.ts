import { randomUUID } from 'node:crypto'
import { createLogger } from '@candor/runtime/logger'
import { createMetrics } from '@candor/runtime/metrics'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { createPostQueue } from '../src/domain/post-queue.ts'
import type { Database } from '../src/store/tables.ts'

/** A queue of posts on a pool of its own, which a test can occupy whole. */
export function createQueue(
  appUrl: string,
  { connections, ...options }: { connections: number; waitMs?: number; waitingMax?: number },
) {
  const pool = new pg.Pool({ connectionString: appUrl, max: connections })
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
  const log = createLogger({ service: 'chat', level: 'silent' })
  const posts = createPostQueue({ db, log, metrics: createMetrics('chat') }, options)
  return {
    put: ({ tenantId, conversationId, visitorId }: Place) =>
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
      }),
    occupy: async () => {
      const held = await Promise.all(Array.from({ length: connections }, () => pool.connect()))
      return () => held.forEach((connection) => connection.release())
    },
    [Symbol.asyncDispose]: () => db.destroy(),
  }
}

interface Place {
  tenantId: string
  conversationId: string
  visitorId: string
}
