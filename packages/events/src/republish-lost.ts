import { eventStream } from '@candor/contracts/subjects'
import type { Clock } from '@candor/runtime/clock'
import type { Log } from '@candor/runtime/logger'
import { JetStreamApiError, jetstreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import type { Kysely } from 'kysely'
import type { EventTables } from './tables.ts'

/** Published events stay this long, in the outbox and in the stream alike; consumers drop repeats by their inbox. */
export const keepEventsDays = 7

/**
 * Notices a broker that no longer has the last event it confirmed (its disk was lost, or set back to an old copy) and
 * marks everything still kept as unpublished: the outbox refills the stream. The broker drops what it has twice, and
 * consumers what they have handled.
 */
export async function republishLost(
  db: Kysely<EventTables>,
  { nats, clock, log }: { nats: NatsConnection; clock: Clock; log: Log },
): Promise<void> {
  const last = await db
    .selectFrom('outbox')
    .select(['id', 'stream_seq'])
    .where('stream_seq', 'is not', null)
    .where('published_at', '>', daysAgo(clock, keepEventsDays - 1))
    .orderBy('stream_seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!last || (await isStored(nats, last.stream_seq!, last.id))) return
  const { numUpdatedRows } = await db
    .updateTable('outbox')
    .set({ published_at: null, stream_seq: null })
    .where('published_at', 'is not', null)
    .executeTakeFirst()
  log.warn({ count: Number(numUpdatedRows) }, 'the event stream has lost events; publishing them again')
}

function daysAgo(clock: Clock, days: number): Date {
  return new Date(clock.now().getTime() - days * 86_400_000)
}

async function isStored(nats: NatsConnection, seq: number, eventId: string): Promise<boolean> {
  const manager = await jetstreamManager(nats, { checkAPI: false, timeout: 2_000 })
  try {
    const message = await manager.streams.getMessage(eventStream, { seq })
    return message?.string().includes(eventId) === true
  } catch (err) {
    if (err instanceof JetStreamApiError && err.code === 10037) return false
    throw err
  }
}
