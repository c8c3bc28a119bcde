import { randomUUID } from 'node:crypto'
import type { Conversation, LiveEvent, Message } from '@candor/contracts/chat/schemas'
import { liveSubject } from '@candor/contracts/subjects'
import type { Clock } from '@candor/runtime/clock'
import type { Lifecycle } from '@candor/runtime/lifecycle'
import type { Metrics } from '@candor/runtime/metrics'
import type { NatsConnection, Subscription } from '@nats-io/transport-node'
import { createCoalescer } from './coalesce.ts'
import { tellNote } from './tell.ts'
import type { ToldNote } from './tell.ts'

/**
 * Carries what just happened to its readers: to those of this replica directly, to those of others over core NATS; at
 * once, and stored nowhere. NATS may lose a note; streams notice by sequence number and read on from PostgreSQL. One
 * subscription serves any number of readers of a subject, who share what it hears. Of typing that changes fast the first
 * and the last are told.
 */
export function createLiveBus(
  lifecycle: Lifecycle,
  { nats, clock, metrics }: { nats: NatsConnection; clock: Clock; metrics: Metrics },
): LiveBus {
  const topics = new Map<string, Topic>()
  const from = randomUUID()
  const seconds = metrics.histogram(
    'chat_delivery_seconds',
    'From the moment a message is stored until it is handed to those who read along',
    [],
  )
  const ownStart = `{"from":"${from}"`
  const typing = createCoalescer<Sent>(typingWindowMs, (_, sent) => send(sent))
  lifecycle.onStop('live-bus', () => {
    typing.stop()
    topics.forEach((topic) => topic.subscription.unsubscribe())
  })

  function timeDelivery(note: LiveNote): void {
    if (note.kind !== 'message') return
    seconds.observe(Math.max(0, (clock.now().getTime() - Date.parse(note.message.createdAt)) / 1_000))
  }

  function send({ tenantId, conversationId, note }: Sent): void {
    const subject = liveSubject(tenantId, conversationId)
    const heard = [topics.get(subject), topics.get(liveSubject(tenantId, '*'))].filter((topic) => !!topic)
    if (heard.length > 0) {
      const told = tellNote(note)
      for (const { readers } of heard) for (const reader of readers) reader(told)
      timeDelivery(note)
    }
    nats.publish(subject, JSON.stringify({ from, ...note }))
  }

  function open(subject: string): Topic {
    const readers = new Set<Reader>()
    const subscription = nats.subscribe(subject, {
      callback: (err, message) => {
        if (err) return
        const text = message.string()
        if (text.startsWith(ownStart)) return
        const note = JSON.parse(text) as LiveNote
        const told = tellNote(note)
        for (const reader of readers) reader(told)
        timeDelivery(note)
      },
    })
    const topic = { readers, subscription }
    topics.set(subject, topic)
    return topic
  }

  return {
    publish(tenantId, conversationId, note) {
      const sent = { tenantId, conversationId, note }
      if (note.kind === 'typing') typing.put(`${tenantId} ${conversationId} ${note.event.side}`, sent)
      else send(sent)
    },
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

const typingWindowMs = 500

export interface LiveBus {
  publish(tenantId: string, conversationId: string, note: LiveNote): void
  /** Without a conversation: everything of the tenant. Answers how to end it. */
  subscribe(tenantId: string, conversationId: string | null, reader: Reader): () => void
}

export type LiveNote =
  | { kind: 'message'; message: Message; conversation: Conversation }
  | { kind: 'conversation'; conversation: Conversation }
  | { kind: 'typing'; event: Extract<LiveEvent, { type: 'typing' }> }

type Reader = (note: ToldNote) => void

interface Sent {
  tenantId: string
  conversationId: string
  note: LiveNote
}

interface Topic {
  readers: Set<Reader>
  subscription: Subscription
}
