import type { ServiceName } from '@candor/contracts/callers'
import { jetstreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { isFound } from './is-found.ts'
import { streamDefinitions } from './stream-definitions.ts'

/**
 * Has services be told everything in the event stream once more: their databases are restored copies, which lack what was
 * told after they were made. What they have taken already does not take effect twice. A consumer that is missing was left so
 * by an attempt that was cut short.
 */
export async function tellAgain(admin: NatsConnection, listeners: readonly ServiceName[]): Promise<void> {
  const { consumers } = await jetstreamManager(admin)
  for (const { stream, config } of streamDefinitions({ replicas: 1 }).consumers) {
    const name = config.durable_name
    if (!listeners.some((listener) => name.startsWith(`${listener}-from-`))) continue
    await isFound(consumers.delete(stream, name))
    await consumers.add(stream, config)
  }
}
