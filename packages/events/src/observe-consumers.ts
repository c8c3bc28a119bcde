import type { ServiceName } from '@candor/contracts/callers'
import { eventConsumer, eventStream } from '@candor/contracts/subjects'
import { jetstreamManager } from '@nats-io/jetstream'
import type { ConsumerInfo } from '@nats-io/jetstream'
import { sql } from 'kysely'
import type { ConsumerOptions } from './consume.ts'
import type { HandlingOptions } from './handle-event.ts'
import { ifNotFound } from './is-found.ts'

/**
 * How far each consumer is behind, how long it has got no further, and the number of parked events, read when scraped. One
 * that is missing gets no further; a broker that is away yields no sample. Answers whom to tell of each event that took effect.
 */
export function observeConsumers(
  sources: readonly ServiceName[],
  options: ConsumerOptions,
): Required<Pick<HandlingOptions, 'onApplied'>> {
  const { metrics, nats, db, service, clock } = options
  const consumers = sources.map((source) => eventConsumer(service, source))
  const stalls = new Map(consumers.map((consumer) => [consumer, timeStall()]))

  async function readEach(tell: (consumer: string, info: ConsumerInfo | undefined) => void): Promise<void> {
    const manager = await jetstreamManager(nats, { checkAPI: false, timeout: 1_000 })
    for (const consumer of consumers)
      tell(consumer, await manager.consumers.info(eventStream, consumer).catch(ifNotFound))
  }

  metrics.gauge('consumer_pending', 'Events not yet delivered to a consumer', ['consumer'], (set) =>
    readEach((consumer, info) => info && set({ consumer }, pendingOf(info))),
  )
  metrics.gauge(
    'consumer_stalled_seconds',
    'How long events have waited for a consumer that acknowledged none, as far back as this process has looked',
    ['consumer'],
    (set) => readEach((consumer, info) => set({ consumer }, stalls.get(consumer)!(info))),
  )
  metrics.gauge('events_parked', 'Events set aside after failing', [], async (set) => {
    const { rows } = await sql<{ n: number }>`select count(*) as n from parked_events`.execute(db)
    set({}, rows[0]!.n)
  })
  const lag = metrics.histogram('event_lag_seconds', 'From what an event tells until it took effect here', [
    'consumer',
  ])
  // A series that begins with what it counts has, to whoever asks for its growth, not grown.
  for (const consumer of consumers) lag.zero({ consumer })
  return {
    onApplied: (source, { occurredAt }) => {
      const seconds = (clock.now().getTime() - occurredAt.getTime()) / 1_000
      lag.observe({ consumer: eventConsumer(service, source) }, Math.max(0, seconds))
    },
  }
}

function pendingOf({ num_pending, num_ack_pending }: ConsumerInfo): number {
  return num_pending + num_ack_pending
}

/** The broker tells what was acknowledged last and not when, so each look is compared with the one before. */
function timeStall(): (info: ConsumerInfo | undefined) => number {
  let acknowledged = -1
  let since = performance.now()
  return (info) => {
    const now = performance.now()
    if (info && (pendingOf(info) === 0 || info.ack_floor.stream_seq !== acknowledged)) since = now
    if (info) acknowledged = info.ack_floor.stream_seq
    return (now - since) / 1_000
  }
}
