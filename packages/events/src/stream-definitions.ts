import { services } from '@candor/contracts/callers'
import {
  eventConsumer,
  eventStream,
  ledgerStream,
  policyStream,
  policySubject,
} from '@candor/contracts/subjects'
import { AckPolicy, DeliverPolicy, DiscardPolicy, RetentionPolicy, StorageType } from '@nats-io/jetstream'
import type { ConsumerConfig, StreamConfig } from '@nats-io/jetstream'
import { nanos } from '@nats-io/transport-node'
import { ledgerBytesMax } from './ledger-stream.ts'
import { sourcesOf } from './nats-permissions.ts'
import { rulesBytesMax } from './policy-bucket.ts'
import { eventBytesMax } from './publish-events.ts'
import { keepEventsDays } from './republish-lost.ts'

/**
 * The event stream, the bucket of policies, the ledger of erasures, and a durable consumer for each pair of listener and
 * source. A server sets aside on its disk what the event stream may take.
 */
export function streamDefinitions({
  replicas,
  eventStreamBytesMax = 1024 ** 3,
}: {
  replicas: number
  eventStreamBytesMax?: number
}): StreamDefinitions {
  const events = { ...eventsStream, max_bytes: eventStreamBytesMax }
  return {
    streams: [events, policyBucketStream, erasureLedgerStream].map((stream) => ({
      ...stream,
      num_replicas: replicas,
    })),
    consumers: services.flatMap((listener) =>
      sourcesOf(listener).map((source) => ({
        stream: eventStream,
        config: {
          durable_name: eventConsumer(listener, source),
          filter_subject: `events.${source}.*`,
          ack_policy: AckPolicy.Explicit,
          deliver_policy: DeliverPolicy.All,
          ack_wait: nanos(5_000),
          // One at a time keeps the order also across a crash.
          max_ack_pending: 1,
          max_deliver: -1,
        },
      })),
    ),
  }
}

/** A full stream refuses new events, and the outbox keeps them. */
const eventsStream = {
  name: eventStream,
  subjects: ['events.>'],
  retention: RetentionPolicy.Limits,
  storage: StorageType.File,
  discard: DiscardPolicy.New,
  max_age: nanos(keepEventsDays * 86_400_000),
  max_msg_size: eventBytesMax,
  duplicate_window: nanos(120_000),
}

/** A key-value bucket is a stream of a certain form: one message a key, the last. */
const policyBucketStream = {
  name: policyStream,
  subjects: [policySubject('>')],
  retention: RetentionPolicy.Limits,
  storage: StorageType.File,
  discard: DiscardPolicy.New,
  max_msgs_per_subject: 1,
  max_msg_size: rulesBytesMax,
  deny_delete: true,
  allow_rollup_hdrs: true,
  duplicate_window: nanos(120_000),
}

/** Nothing in it ever goes: a copy of a database may be restored after any time. */
const erasureLedgerStream = {
  name: ledgerStream,
  subjects: ['erasures.>'],
  retention: RetentionPolicy.Limits,
  storage: StorageType.File,
  discard: DiscardPolicy.New,
  max_msg_size: ledgerBytesMax,
  deny_delete: true,
  deny_purge: true,
  duplicate_window: nanos(120_000),
}

export interface StreamDefinitions {
  readonly streams: readonly (Partial<StreamConfig> & { name: string })[]
  readonly consumers: readonly {
    stream: string
    config: Partial<ConsumerConfig> & { durable_name: string }
  }[]
}
