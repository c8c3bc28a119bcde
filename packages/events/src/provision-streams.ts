import { jetstreamManager } from '@nats-io/jetstream'
import type { JetStreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { isFound } from './is-found.ts'
import { streamDefinitions } from './stream-definitions.ts'
import type { StreamDefinitions } from './stream-definitions.ts'

/**
 * Creates the streams and consumers that are defined; what exists is brought to these settings. Services may not do
 * this themselves.
 */
export async function provisionStreams(
  admin: NatsConnection,
  definitions: StreamDefinitions = streamDefinitions({ replicas: 1 }),
): Promise<void> {
  const manager = await jetstreamManager(admin)
  for (const stream of definitions.streams) await provisionStream(manager, stream)
  for (const consumer of definitions.consumers) await provisionConsumer(manager, consumer)
}

async function provisionStream(
  manager: JetStreamManager,
  stream: StreamDefinitions['streams'][number],
): Promise<void> {
  const exists = await isFound(manager.streams.info(stream.name))
  await (exists ? manager.streams.update(stream.name, stream) : manager.streams.add(stream))
}

async function provisionConsumer(
  { consumers }: JetStreamManager,
  { stream, config }: StreamDefinitions['consumers'][number],
): Promise<void> {
  const exists = await isFound(consumers.info(stream, config.durable_name))
  await (exists ? consumers.update(stream, config.durable_name, config) : consumers.add(stream, config))
}
