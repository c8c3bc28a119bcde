import type { ServiceName } from '@candor/contracts/callers'
import { eventConsumer, eventStream } from '@candor/contracts/subjects'
import { jetstreamManager } from '@nats-io/jetstream'
import { sql } from 'kysely'
import type { ConsumerOptions } from './consume.ts'

/** Lag of each consumer and the number of parked events, read when scraped; a broker that is away yields no sample. */
export function observeConsumers(sources: readonly ServiceName[], options: ConsumerOptions): void {
  const { metrics, nats, db, service } = options
  metrics.gauge('consumer_pending', 'Events not yet delivered to a consumer', ['consumer'], async (set) => {
    const manager = await jetstreamManager(nats, { checkAPI: false, timeout: 1_000 }).catch(() => undefined)
    for (const source of sources) {
      const consumer = eventConsumer(service, source)
      const info = await manager?.consumers.info(eventStream, consumer).catch(() => undefined)
      if (info) set({ consumer }, info.num_pending + info.num_ack_pending)
    }
  })
  metrics.gauge('events_parked', 'Events set aside after failing', [], async (set) => {
    const { rows } = await sql<{ n: number }>`select count(*) as n from parked_events`.execute(db)
    set({}, rows[0]!.n)
  })
}
