import type { ServiceName } from '@candor/contracts/callers'
import { eventConsumer, eventStream } from '@candor/contracts/subjects'
import { jetstreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { sourcesOf } from './nats-permissions.ts'

/**
 * Has services be told everything in the event stream once more: their databases are restored copies, which lack what was
 * told after they were made. What they have taken already does not take effect twice.
 */
export async function tellAgain(admin: NatsConnection, listeners: readonly ServiceName[]): Promise<void> {
  const manager = await jetstreamManager(admin)
  for (const listener of listeners) {
    for (const name of sourcesOf(listener).map((source) => eventConsumer(listener, source))) {
      const { config } = await manager.consumers.info(eventStream, name)
      await manager.consumers.delete(eventStream, name)
      await manager.consumers.add(eventStream, config)
    }
  }
}
