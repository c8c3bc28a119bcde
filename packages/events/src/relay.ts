import type { EventEnvelope } from '@candor/contracts/event'
import type { Clock } from '@candor/runtime/clock'
import type { Lifecycle } from '@candor/runtime/lifecycle'
import type { Log } from '@candor/runtime/logger'
import type { Metrics } from '@candor/runtime/metrics'
import { jetstream } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { sql } from 'kysely'
import type { Kysely, Selectable } from 'kysely'
import { republishLost } from './republish-lost.ts'
import type { EventTables } from './tables.ts'

/**
 * Publishes what stands unpublished in the outbox, by state and never by position, so that a transaction which
 * commits late is not passed over. One replica of a service relays at a time, held by an advisory lock of the
 * transaction that marks the rows; the others find it taken and look again later.
 */
export function startRelay(
  lifecycle: Lifecycle,
  options: {
    db: Kysely<any>
    nats: NatsConnection
    clock: Clock
    log: Log
    metrics: Metrics
    pollMs?: number
  },
): Relay {
  const db = options.db as Kysely<EventTables>
  const { pollMs = 200 } = options
  let wake: () => void = () => {}
  let running = true

  async function loop() {
    let checkedAt = -Infinity
    while (running) {
      const woken = new Promise<void>((resolve) => (wake = resolve))
      try {
        if (performance.now() - checkedAt > checkEveryMs) {
          await republishLost(db, options)
          checkedAt = performance.now()
        }
        if ((await publishBatch(db, options)) > 0) continue
      } catch (err) {
        options.log.warn({ err }, 'relay is waiting')
        checkedAt = -Infinity
      }
      await Promise.race([woken, new Promise((resolve) => setTimeout(resolve, pollMs))])
    }
  }

  observeOutbox(db, options)
  const finished = loop()
  lifecycle.onStop('relay', async () => {
    running = false
    wake()
    await finished
  })
  return { wake: () => wake() }
}

export interface Relay {
  /** Looks at the outbox now: call after a commit that appended. */
  wake(): void
}

const checkEveryMs = 5_000
const batchSize = 200

async function publishBatch(
  db: Kysely<EventTables>,
  options: { nats: NatsConnection; clock: Clock; log: Log },
): Promise<number> {
  const { rows: waiting } = await sql`select from outbox where published_at is null limit 1`.execute(db)
  if (waiting.length === 0) return 0
  return db.connection().execute(async (connection) => {
    const { rows: lock } = await sql<{
      held: boolean
    }>`select pg_try_advisory_lock(${relayLock}) as held`.execute(connection)
    if (!lock[0]!.held) return 0
    try {
      // What was lost goes out before what is new, or its stream would be out of order.
      await republishLost(connection, options)
      const rows = await connection
        .selectFrom('outbox')
        .selectAll()
        .where('published_at', 'is', null)
        .orderBy('position')
        .limit(batchSize)
        .execute()
      const published = await publishInOrder(options.nats, rows)
      await markPublished(connection, published, options.clock.now())
      return published.length
    } finally {
      await sql`select pg_advisory_unlock(${relayLock})`.execute(connection)
    }
  })
}

/** Any number that no other use of advisory locks in the database takes. */
const relayLock = 7_001

/** Different stream keys at once, each key one after the other: a failure holds back only what must come after it. */
async function publishInOrder(nats: NatsConnection, rows: OutboxRow[]): Promise<Published[]> {
  const js = jetstream(nats, { timeout: 2_000 })
  const published: Published[] = []
  const chains = Map.groupBy(rows, (row) => row.stream_key)
  const results = await Promise.allSettled(
    [...chains.values()].map(async (chain) => {
      for (const row of chain) {
        const ack = await js.publish(`events.${row.type}`, JSON.stringify(toEnvelope(row)), { msgID: row.id })
        published.push({ id: row.id, streamSeq: ack.seq })
      }
    }),
  )
  const failed = results.find((result) => result.status === 'rejected')
  if (failed && published.length === 0) throw failed.reason
  return published
}

async function markPublished(db: Kysely<EventTables>, published: Published[], now: Date): Promise<void> {
  if (published.length === 0) return
  await sql`
    update outbox set published_at = ${now}, stream_seq = done.seq
    from unnest(${published.map((row) => row.id)}::uuid[], ${published.map((row) => row.streamSeq)}::bigint[]) as done (id, seq)
    where outbox.id = done.id`.execute(db)
}

function toEnvelope(row: OutboxRow): EventEnvelope {
  return {
    id: row.id,
    type: row.type,
    tenantId: row.tenant_id,
    streamKey: row.stream_key,
    subjectId: row.subject_id,
    occurredAt: row.occurred_at.toISOString(),
    traceparent: row.traceparent,
    payload: row.payload,
  }
}

function observeOutbox(
  db: Kysely<EventTables>,
  { metrics, clock }: { metrics: Metrics; clock: Clock },
): void {
  metrics.gauge('outbox_unpublished', 'Events waiting to be published', [], async (set) => {
    const { rows } = await sql<{
      n: number
    }>`select count(*) as n from outbox where published_at is null`.execute(db)
    set({}, rows[0]!.n)
  })
  metrics.gauge('outbox_oldest_age_seconds', 'Age of the oldest unpublished event', [], async (set) => {
    const { rows } = await sql<{ oldest: Date | null }>`
      select min(occurred_at) as oldest from outbox where published_at is null`.execute(db)
    const oldest = rows[0]!.oldest
    set({}, oldest ? Math.max(0, (clock.now().getTime() - oldest.getTime()) / 1000) : 0)
  })
}

type OutboxRow = Selectable<EventTables['outbox']>
interface Published {
  id: string
  streamSeq: number
}
