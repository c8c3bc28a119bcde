import { messagePosted } from '@candor/contracts/chat/events'
import { EventEnvelope } from '@candor/contracts/event'
import { eventStream } from '@candor/contracts/subjects'
import { jetstream } from '@nats-io/jetstream'
import type { EndState, Kept } from './check/history.ts'
import type { Broker } from './platform/start-servers.ts'

/**
 * What the event stream tells of messages, in its order: `ids` are the messages that are kept. An event that it holds
 * twice, as it may, is one to its listeners, and one here. Those of conversations of which nothing is kept are others'.
 */
export async function readStream(
  broker: Broker,
  ids: ReadonlyMap<string, Kept>,
): Promise<EndState['conversations']> {
  const copy: EndState['conversations'] = {}
  const seen = new Set<string>()
  const admin = await broker.connectAs('admin')
  try {
    const filter_subjects = messagePosted.subject
    const consumer = await jetstream(admin).consumers.get(eventStream, { filter_subjects })
    if ((await consumer.info()).num_pending === 0) return copy
    for await (const message of await consumer.consume()) {
      for (const event of [message.json<unknown>()].flat()) {
        const { id, payload } = EventEnvelope.parse(event)
        const { conversationId, messageId, seq } = messagePosted.payload.parse(payload)
        const text = ids.has(messageId) ? ids.get(messageId)!.text : 'unknown'
        if (!seen.has(id)) (copy[conversationId] ??= []).push({ seq, text })
        seen.add(id)
      }
      if (message.info.pending === 0) break
    }
    return copy
  } finally {
    await admin.close()
  }
}
