import type { Metrics } from '@candor/runtime/metrics'
import { jetstreamManager } from '@nats-io/jetstream'
import type { StreamInfo } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { ifNotFound } from './is-found.ts'
import { allStreams } from './nats-permissions.ts'

/**
 * What the broker says of each stream and bucket, read when scraped. It is the leader that answers, so what a follower
 * has not heard yet is in no figure. A broker that is away yields no sample.
 */
export function observeStreams({ metrics, nats }: { metrics: Metrics; nats: NatsConnection }): void {
  let reading: Promise<Seen[]> | undefined
  // All figures of a scrape are asked for at once and come from one look.
  const look = () => (reading ??= readStreams(nats).finally(() => (reading = undefined)))
  const gauge = (name: string, help: string, read: (info: StreamInfo) => number | undefined) =>
    metrics.gauge(name, help, ['stream'], async (set) => {
      for (const { stream, info } of await look()) {
        const value = info && read(info)
        if (value !== undefined) set({ stream }, value)
      }
    })

  metrics.gauge('jetstream_stream_present', 'Whether the stream is there', ['stream'], async (set) => {
    for (const { stream, info } of await look()) set({ stream }, info ? 1 : 0)
  })
  gauge('jetstream_stream_messages', 'Messages in a stream', ({ state }) => state.messages)
  gauge('jetstream_stream_bytes', 'What a stream takes up', ({ state }) => state.bytes)
  gauge('jetstream_stream_bytes_max', 'What a stream may take up, where that is limited', ({ config }) =>
    config.max_bytes > 0 ? config.max_bytes : undefined,
  )
  gauge('jetstream_stream_copies_behind', 'Copies that would not be complete if they were needed', lacking)
}

/** Beside the leader's own. */
function lacking({ config, cluster }: StreamInfo): number {
  const current = (cluster?.replicas ?? []).filter((copy) => copy.current && !copy.offline)
  return config.num_replicas - 1 - current.length
}

async function readStreams(nats: NatsConnection): Promise<Seen[]> {
  const manager = await jetstreamManager(nats, { checkAPI: false, timeout: 1_000 })
  const infos = allStreams.map(async (stream) => ({
    stream,
    info: await manager.streams.info(stream).catch(ifNotFound),
  }))
  return Promise.all(infos)
}

interface Seen {
  readonly stream: string
  /** Undefined where it is not there. */
  readonly info: StreamInfo | undefined
}
