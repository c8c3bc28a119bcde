import type { Conversation, LiveEvent, Message } from '@candor/contracts/chat/schemas'
import { liveSubject } from '@candor/contracts/subjects'
import type { Lifecycle } from '@candor/runtime/lifecycle'
import type { NatsConnection, Subscription } from '@nats-io/transport-node'

/**
 * Carries what just happened to the streams of every replica, over core NATS: at once, and stored nowhere. It may
 * lose a note; streams notice by sequence number and read on from PostgreSQL. One subscription serves any number of
 * readers of a subject.
 */
export function createLiveBus(lifecycle: Lifecycle, nats: NatsConnection): LiveBus {
  const topics = new Map<string, Topic>()
  lifecycle.onStop('live-bus', () => topics.forEach((topic) => topic.subscription.unsubscribe()))

  function open(subject: string): Topic {
    const readers = new Set<Reader>()
    const subscription = nats.subscribe(subject, {
      callback: (err, message) => {
        if (err) return
        const note = message.json<LiveNote>()
        for (const reader of readers) reader(note)
      },
    })
    const topic = { readers, subscription }
    topics.set(subject, topic)
    return topic
  }

  return {
    publish: (tenantId, conversationId, note) =>
      nats.publish(liveSubject(tenantId, conversationId), JSON.stringify(note)),
    subscribe(tenantId, conversationId, reader) {
      const subject = liveSubject(tenantId, conversationId ?? '*')
      const topic = topics.get(subject) ?? open(subject)
      topic.readers.add(reader)
      return () => {
        topic.readers.delete(reader)
        if (topic.readers.size > 0 || topics.get(subject) !== topic) return
        topic.subscription.unsubscribe()
        topics.delete(subject)
      }
    },
  }
}

export interface LiveBus {
  publish(tenantId: string, conversationId: string, note: LiveNote): void
  /** Without a conversation: everything of the tenant. Answers how to end it. */
  subscribe(tenantId: string, conversationId: string | null, reader: Reader): () => void
}

export type LiveNote =
  | { kind: 'message'; message: Message; conversation: Conversation }
  | { kind: 'conversation'; conversation: Conversation }
  | { kind: 'typing'; event: Extract<LiveEvent, { type: 'typing' }> }

type Reader = (note: LiveNote) => void

interface Topic {
  readers: Set<Reader>
  subscription: Subscription
}
