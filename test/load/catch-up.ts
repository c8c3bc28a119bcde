import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { migrations as billingMigrations } from '@candor/billing/migrations'
import { migrations as chatMigrations } from '@candor/chat/migrations'
import { messagePosted } from '@candor/contracts/chat/events'
import { eventStream } from '@candor/contracts/subjects'
import { startConsumers } from '@candor/events/consume'
import { on } from '@candor/events/listener'
import type { Listener } from '@candor/events/listener'
import { provisionStreams } from '@candor/events/provision-streams'
import { startRelay } from '@candor/events/relay'
import { guardedFolder } from '@candor/local/processes/guarded-folder'
import { startPostgres } from '@candor/local/servers/postgres-server'
import { systemClock } from '@candor/runtime/clock'
import { idGenerator } from '@candor/runtime/ids'
import { createLifecycle } from '@candor/runtime/lifecycle'
import { createLogger } from '@candor/runtime/logger'
import { createMetrics } from '@candor/runtime/metrics'
import { connectPostgres } from '@candor/runtime/postgres'
import { postgresVariable } from '@candor/testing/postgres-setup'
import { createTestDatabase } from '@candor/testing/test-database'
import { startTestNats } from '@candor/testing/test-nats'
import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { billingListeners } from '../../services/billing/src/consumers.ts'
import { readSizes } from './read-sizes.ts'

const {
  events: count,
  conversations,
  businesses,
} = readSizes(
  `How fast events catch up after a pause: from the outbox of a durable PostgreSQL to the broker, against publishing
the same bytes with 256 in flight and no database, and from there into a service. Prints; judges nothing.`,
  {
    events: 50_000,
    conversations: 1_000,
    businesses: 50,
  },
)
const clock = systemClock()
const newId = idGenerator(clock)
const log = createLogger({ service: 'load', level: 'warn' })

await using folder = guardedFolder('load')
const postgres = await startPostgres({ dataDir: join(folder.path, 'postgres'), fast: false })
folder.guard(postgres.pid)
process.env[postgresVariable] = postgres.url
try {
  await using nats = await startTestNats()
  await using outbox = await createTestDatabase({ service: 'chat', migrations: chatMigrations })
  await fill(outbox.superuserUrl)
  const bare = await publishBare(nats)
  const tell = (what: string, rate: number) =>
    console.log(
      `${what.padEnd(32)} ${Math.round(rate).toLocaleString('en').padStart(8)} events/s   ${(rate / bare).toFixed(2)} of bare`,
    )
  tell('published bare, 256 in flight', bare)
  tell('relayed from the outbox', await relay(nats, outbox.appUrl))
  tell('consumed, doing nothing', await consume(nats, () => [on(messagePosted, { apply: async () => {} })]))
  tell('consumed, counted by billing', await consume(nats, (deps) => billingListeners(deps as never)))
} finally {
  await postgres.stop()
}

async function fill(url: string): Promise<void> {
  const db = connect(url)
  await sql`
    insert into outbox (id, tenant_id, type, stream_key, subject_id, occurred_at, payload)
    select gen_random_uuid(), ('00000000-0000-7000-8000-' || lpad((c % ${businesses}) :: text, 12, '0'))::uuid,
      'chat.message-posted', key, ('10000000-0000-7000-8000-' || lpad(c :: text, 12, '0'))::uuid, now(),
      jsonb_build_object('conversationId', key, 'messageId', gen_random_uuid(), 'seq', n, 'isNotice', false)
    from (select n, n % ${conversations} as c from generate_series(1, ${count}::int) n) numbered,
      lateral (select '20000000-0000-7000-8000-' || lpad(c :: text, 12, '0') as key) keys
    order by n`.execute(db)
  await sql`vacuum analyze outbox`.execute(db)
  await db.destroy()
}

async function publishBare(nats: Awaited<ReturnType<typeof startTestNats>>): Promise<number> {
  const connection = await nats.connect('chat')
  const js = jetstream(connection)
  const text = JSON.stringify({ filler: 'x'.repeat(400) })
  const startedAt = performance.now()
  let left = count!
  const worker = async () => {
    while (left-- > 0) await js.publish(messagePosted.subject, text, { msgID: randomUUID() })
  }
  await Promise.all(Array.from({ length: 256 }, worker))
  const rate = (count! * 1_000) / (performance.now() - startedAt)
  await (await jetstreamManager(await nats.connect('admin'))).streams.purge(eventStream)
  return rate
}

async function relay(nats: Awaited<ReturnType<typeof startTestNats>>, url: string): Promise<number> {
  const db = connect(url)
  const lifecycle = createLifecycle(log)
  const startedAt = performance.now()
  startRelay(lifecycle, { db, nats: await nats.connect('chat'), clock, log, metrics: createMetrics('load') })
  await until(async () => !(await exists(db, sql`outbox where published_at is null`)))
  const rate = (count! * 1_000) / (performance.now() - startedAt)
  await lifecycle.stop()
  await db.destroy()
  return rate
}

/** By a consumer that begins with the first event, into an empty database. */
async function consume(
  nats: Awaited<ReturnType<typeof startTestNats>>,
  listenersOf: (deps: unknown) => Listener[],
): Promise<number> {
  await using database = await createTestDatabase({ service: 'billing', migrations: billingMigrations })
  const db = connect(database.appUrl)
  const admin = await nats.connect('admin')
  const manager = await jetstreamManager(admin)
  await manager.consumers.delete(eventStream, 'billing-from-chat')
  await provisionStreams(admin)
  const lifecycle = createLifecycle(log)
  const base = { service: 'billing' as const, db, clock, log, metrics: createMetrics('load'), newId }
  const listeners = listenersOf(base).filter(({ event }) => event.source === 'chat')
  const startedAt = performance.now()
  startConsumers(lifecycle, { ...base, nats: await nats.connect('billing'), listeners })
  await until(async () => {
    const info = await manager.consumers.info(eventStream, 'billing-from-chat')
    return info.num_pending + info.num_ack_pending === 0
  })
  const rate = (count! * 1_000) / (performance.now() - startedAt)
  await lifecycle.stop()
  await db.destroy()
  return rate
}

function connect(url: string): Kysely<any> {
  return connectPostgres({ url, poolSizeMax: 10, log, metrics: createMetrics('load') })
}

async function exists(db: Kysely<any>, where: ReturnType<typeof sql>): Promise<boolean> {
  const { rows } = await sql`select from ${where} limit 1`.execute(db)
  return rows.length > 0
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 50))
}
