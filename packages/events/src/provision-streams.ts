import { services } from '@candor/contracts/callers'
import {
  eventConsumer,
  eventStream,
  ledgerStream,
  policyStream,
  policySubject,
} from '@candor/contracts/subjects'
import {
  AckPolicy,
  DeliverPolicy,
  DiscardPolicy,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
} from '@nats-io/jetstream'
import type { JetStreamManager, StreamConfig } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { nanos } from '@nats-io/transport-node'
import { eventBytesMax } from './publish-events.ts'
import { ledgerBytesMax } from './ledger-stream.ts'
import { sourcesOf } from './nats-permissions.ts'
import { rulesBytesMax } from './policy-bucket.ts'
import { keepEventsDays } from './republish-lost.ts'

/**
 * Creates the event stream, a durable consumer for each pair of listener and source, the bucket of policies and the
 * ledger of erasures; what exists is brought to these settings. Services may not do this themselves. A full stream refuses new events, and the outbox keeps them.
 */
export async function provisionStreams(
  admin: NatsConnection,
  options: { replicas?: number } = {},
): Promise<void> {
  const manager = await jetstreamManager(admin)
  const num_replicas = options.replicas ?? 1
  await provisionStream(manager, {
    name: eventStream,
    subjects: ['events.>'],
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    discard: DiscardPolicy.New,
    max_age: nanos(keepEventsDays * 86_400_000),
    max_bytes: 1024 ** 3,
    max_msg_size: eventBytesMax,
    duplicate_window: nanos(120_000),
    num_replicas,
  })
  await provisionStream(manager, { ...policyBucketStream, num_replicas })
  await provisionStream(manager, { ...erasureLedgerStream, num_replicas })
  for (const listener of services) {
    for (const source of sourcesOf(listener)) {
      await manager.consumers.add(eventStream, {
        durable_name: eventConsumer(listener, source),
        filter_subject: `events.${source}.*`,
        ack_policy: AckPolicy.Explicit,
        deliver_policy: DeliverPolicy.All,
        ack_wait: nanos(5_000),
        // One at a time keeps the order also across a crash.
        max_ack_pending: 1,
        max_deliver: -1,
      })
    }
  }
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

async function provisionStream(
  manager: JetStreamManager,
  stream: Partial<StreamConfig> & { name: string },
): Promise<void> {
  const exists = await manager.streams.info(stream.name).then(
    () => true,
    () => false,
  )
  await (exists ? manager.streams.update(stream.name, stream) : manager.streams.add(stream))
}
