import type { Clock } from '@candor/runtime/clock'
import type { Lifecycle } from '@candor/runtime/lifecycle'
import type { Log } from '@candor/runtime/logger'
import type { Metrics } from '@candor/runtime/metrics'
import { pause } from '@candor/runtime/pause'
import type { NatsConnection } from '@nats-io/transport-node'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { observeOutbox } from './observe-outbox.ts'
import { publishEvents } from './publish-events.ts'
import type { Published } from './publish-events.ts'
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
    // What the broker refused and what comes behind it, until the rest of the outbox has had its turn.
    const held = new Set<string>()
    let restMs = restMsMin
    while (running) {
      const woken = new Promise<void>((resolve) => (wake = resolve))
      try {
        if (performance.now() - checkedAt > checkEveryMs) {
          await republishLost(db, options)
          checkedAt = performance.now()
        }
        const heldBefore = held.size
        const count = await publishBatch(db, options, held)
        if (count > 0 || held.size > heldBefore) {
          if (count < batchSize) await pause(restMs, lifecycle.signal)
          restMs = Math.min(2 * restMs, restMsMax)
          continue
        }
        restMs = restMsMin
        held.clear()
      } catch (err) {
        held.clear()
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

/**
 * What is written meanwhile goes out together: to us, the broker and consumers a batch costs as much as an event. The
 * longer there is always something, the longer each rest.
 */
const restMsMin = 10
const restMsMax = 100
const batchSize = 2_000

async function publishBatch(
  db: Kysely<EventTables>,
  options: { nats: NatsConnection; clock: Clock; log: Log },
  held: Set<string>,
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
        .$if(held.size > 0, (query) => query.where('stream_key', 'not in', [...held]))
        .orderBy('position')
        .limit(batchSize)
        .execute()
      if (rows.length < batchSize) held.clear()
      const published = await publishEvents(options, rows, held)
      await markPublished(connection, published, options.clock.now())
      return published.length
    } finally {
      await sql`select pg_advisory_unlock(${relayLock})`.execute(connection)
    }
  })
}

/** Any number that no other use of advisory locks in the database takes. */
const relayLock = 7_001

async function markPublished(db: Kysely<EventTables>, published: Published[], now: Date): Promise<void> {
  if (published.length === 0) return
  await sql`
    update outbox set published_at = ${now}, stream_seq = done.seq
    from unnest(${published.map((row) => row.id)}::uuid[], ${published.map((row) => row.streamSeq)}::bigint[]) as done (id, seq)
    where outbox.id = done.id`.execute(db)
}
