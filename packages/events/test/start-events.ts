import { randomUUID } from 'node:crypto'
import { messagePosted } from '@candor/contracts/chat/events'
import { EventEnvelope } from '@candor/contracts/event'
import type { AnyEvent } from '@candor/contracts/event'
import { eventStream } from '@candor/contracts/subjects'
import { startConsumers } from '@candor/events/consume'
import { on } from '@candor/events/listener'
import type { EventFacts, Listener } from '@candor/events/listener'
import { eventTables } from '@candor/events/migration'
import { restrictionTables } from '@candor/events/restriction-migration'
import { appendEvent, outboxRow } from '@candor/events/outbox'
import { startRelay } from '@candor/events/relay'
import type { EventTables } from '@candor/events/tables'
import { systemClock } from '@candor/runtime/clock'
import { idGenerator } from '@candor/runtime/ids'
import { createLifecycle } from '@candor/runtime/lifecycle'
import { createLogger } from '@candor/runtime/logger'
import { createMetrics } from '@candor/runtime/metrics'
import type { Metrics } from '@candor/runtime/metrics'
import type { NamedMigration } from '@candor/runtime/migrate'
import { closeNats, connectNats } from '@candor/runtime/nats'
import { connectPostgres } from '@candor/runtime/postgres'
import { startLine } from '@candor/testing/line'
import { createTestDatabase } from '@candor/testing/test-database'
import { startTestNats } from '@candor/testing/test-nats'
import { jetstreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'

/** What an event does: one row, however often that is done. `streams` counts under a row lock, as conversations do. */
const effectsTables: NamedMigration = {
  name: '20261121T1010-effects',
  up: async (db) => {
    await sql`create table effects (
      position bigint generated always as identity, event_id uuid not null, stream text not null, seq int not null)`.execute(
      db,
    )
    await sql`create table streams (key text primary key, last_seq int not null)`.execute(db)
  },
}

export interface Tables extends EventTables {
  effects: { position?: number; event_id: string; stream: string; seq: number }
  streams: { key: string; last_seq: number }
}

export const clock = systemClock()
export const newId = idGenerator(clock)
export const log = createLogger({ service: 'test', level: process.env.TEST_LOG ?? 'silent' })

/** A database as chat and billing have it, and a NATS server. */
export async function startEvents() {
  const stack = new AsyncDisposableStack()
  const nats = stack.use(await startTestNats())
  const database = async (service: 'chat' | 'billing') => {
    return stack.use(
      await createTestDatabase({ service, migrations: [eventTables, restrictionTables({}), effectsTables] }),
    )
  }
  const pool = (url: string, poolSizeMax = 10): Kysely<Tables> => {
    const db = connectPostgres<Tables>({ url, poolSizeMax, log, metrics: createMetrics('test') })
    stack.defer(() => db.destroy())
    return db
  }
  const connect = async (service: 'chat' | 'billing' | 'admin', url = nats.url): Promise<NatsConnection> => {
    const connection = await connectNats({ url, seed: nats.seeds[service], name: service, log })
    stack.defer(() => closeNats(connection))
    return connection
  }
  const line = async (url: string) => stack.use(await startLine(url))
  const lifecycle = () => {
    const made = createLifecycle(log)
    stack.defer(() => made.stop())
    return made
  }
  const [chatDatabase, billingDatabase] = [await database('chat'), await database('billing')]
  return {
    nats,
    urls: {
      chat: chatDatabase.appUrl,
      billing: billingDatabase.appUrl,
      superuser: chatDatabase.superuserUrl,
    },
    chat: pool(chatDatabase.appUrl, 50),
    billing: pool(billingDatabase.appUrl),
    pool,
    connect,
    line,
    /** A relay of chat, with a connection of its own. */
    relay: async (over: { db?: Kysely<Tables>; nats?: NatsConnection } = {}) => {
      const own = lifecycle()
      const db = over.db ?? pool(chatDatabase.appUrl)
      startRelay(own, {
        db,
        nats: over.nats ?? (await connect('chat')),
        clock,
        log,
        metrics: createMetrics('chat'),
      })
      return own
    },
    /** Billing's consumers, with a connection of their own. */
    consumer: async (
      listeners: Listener[],
      over: { db?: Kysely<Tables>; nats?: NatsConnection; metrics?: Metrics } = {},
    ) => {
      const own = lifecycle()
      const db = over.db ?? pool(billingDatabase.appUrl)
      const nats = over.nats ?? (await connect('billing'))
      startConsumers(own, { ...handling(db, listeners), ...over, db, nats })
      return own
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

export type Events = Awaited<ReturnType<typeof startEvents>>

export function handling(db: Kysely<Tables>, listeners: Listener[]) {
  return { service: 'billing' as const, listeners, db, clock, log, metrics: createMetrics('billing') }
}

/** A listener that writes the event down. `before` may fail, outside or inside the transaction. */
export function recording(
  before: {
    prepare?: () => Promise<void>
    apply?: (seq: number, stream: string) => void
    after?: () => void
  } = {},
) {
  return on(messagePosted, {
    prepare: before.prepare ?? (async () => {}),
    apply: async (trx: Transaction<Tables>, { conversationId, seq }, { eventId }: EventFacts) => {
      await trx.insertInto('effects').values({ event_id: eventId, stream: conversationId, seq }).execute()
      before.apply?.(seq, conversationId)
    },
    ...(before.after ? { after: before.after } : {}),
  })
}

/** Appends message `seq` of `stream` to the outbox. */
export async function append(
  trx: Transaction<Tables>,
  stream: string,
  seq: number,
  subjectId: string | null = null,
) {
  await appendEvent(trx, newId, messagePosted, {
    tenantId: tenant,
    streamKey: stream,
    subjectId,
    occurredAt: clock.now(),
    payload: { conversationId: stream, messageId: randomUUID(), seq, isNotice: false },
  })
}

/** Appends many events at once: of each a type, a stream and a number in it. */
export async function appendMany(
  db: Kysely<Tables>,
  told: readonly { stream: string; seq: number; event?: AnyEvent }[],
) {
  const rows = told.map(({ stream, seq, event = messagePosted }) =>
    outboxRow(newId, event, {
      tenantId: tenant,
      streamKey: stream,
      subjectId: null,
      occurredAt: clock.now(),
      payload: { conversationId: stream, messageId: randomUUID(), seq, isNotice: false },
    }),
  )
  for (let from = 0; from < rows.length; from += 1_000)
    await db
      .insertInto('outbox')
      .values(rows.slice(from, from + 1_000))
      .execute()
}

export async function appendAll(db: Kysely<Tables>, stream: string, seqs: number[]): Promise<void> {
  for (const seq of seqs) await db.transaction().execute((trx) => append(trx, stream, seq))
}

/** An event as it comes over the wire. */
export function envelope(stream: string, seq: number, subjectId: string | null = null): EventEnvelope {
  return {
    id: newId(),
    type: `${messagePosted.source}.${messagePosted.name}`,
    tenantId: tenant,
    streamKey: stream,
    subjectId,
    occurredAt: clock.now().toISOString(),
    traceparent: null,
    payload: { conversationId: stream, messageId: randomUUID(), seq, isNotice: false },
  }
}

export const tenant = randomUUID()

/** The sequence numbers of a stream that took effect, in the order in which they did. */
export async function effects(db: Kysely<Tables>, stream: string): Promise<number[]> {
  const rows = await db
    .selectFrom('effects')
    .select('seq')
    .where('stream', '=', stream)
    .orderBy('position')
    .execute()
  return rows.map(({ seq }) => seq)
}

/** The same of every stream. */
export async function allEffects(db: Kysely<Tables>): Promise<Map<string, number[]>> {
  const rows = await db.selectFrom('effects').select(['stream', 'seq']).orderBy('position').execute()
  return seqsOf(rows.map(({ stream, seq }) => [stream, seq]))
}

/** What was seen of each stream, in the order in which it was. */
export function seqsOf(seen: Iterable<readonly [stream: string, seq: number]>): Map<string, number[]> {
  const seqs = new Map<string, number[]>()
  for (const [stream, seq] of seen) {
    const known = seqs.get(stream)
    if (known) known.push(seq)
    else seqs.set(stream, [seq])
  }
  return seqs
}

export function seqOf({ payload }: EventEnvelope): number {
  return (payload as { seq: number }).seq
}

/** The sequence numbers of the events of a stream that are parked. */
export async function parkedSeqs(db: Kysely<Tables>, stream: string): Promise<number[]> {
  const query = db.selectFrom('parked_events').select('envelope').where('stream_key', '=', stream)
  const rows = await query.orderBy('position').execute()
  return rows.map((row) => (row.envelope as { payload: { seq: number } }).payload.seq)
}

/** Everything the broker stores, in its order. */
export async function readStream(admin: NatsConnection): Promise<EventEnvelope[]> {
  const manager = await jetstreamManager(admin)
  const { state } = await manager.streams.info(eventStream)
  const envelopes: EventEnvelope[] = []
  for (let seq = Math.max(1, state.first_seq); seq <= state.last_seq; seq++) {
    const message = await manager.streams.getMessage(eventStream, { seq })
    for (const each of [message?.json<unknown>() ?? []].flat()) envelopes.push(EventEnvelope.parse(each))
  }
  return envelopes
}

export async function unpublished(db: Kysely<Tables>): Promise<number> {
  const query = db
    .selectFrom('outbox')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('published_at', 'is', null)
  return (await query.executeTakeFirstOrThrow()).n
}

export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}
