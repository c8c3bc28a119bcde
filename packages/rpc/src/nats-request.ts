import { answerSubject } from '@candor/contracts/subjects'
import { createInbox } from '@nats-io/transport-node'
import type { Msg, MsgHdrs, NatsConnection } from '@nats-io/transport-node'
import { collectParts } from './parts.ts'

/** Nobody listens on the subject just now: the request has not been taken. */
export class NobodyThereError extends Error {
  override readonly name = 'NobodyThereError'
}

/** The request may have been taken; no answer came in time. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError'
}

/**
 * Sends a request and answers the whole reply, also one that comes in parts. All requests of a connection share one
 * subscription to its private inbox.
 */
export function natsRequest(
  nats: NatsConnection,
  subject: string,
  payload: string | Uint8Array,
  options: { service: string; self: string; timeoutMs: number; headers: MsgHdrs },
): Promise<Uint8Array> {
  const inbox = inboxes.get(nats) ?? openInbox(nats, options.self)
  const token = String(inbox.next++)
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      clearTimeout(timer)
      inbox.waiting.delete(token)
      finish()
    }
    const collect = collectParts()
    const timer = setTimeout(
      () => settle(() => reject(new NoAnswerError(`no answer within ${options.timeoutMs} ms`))),
      options.timeoutMs,
    )
    inbox.waiting.set(token, (message) => {
      if (message.headers?.code === 503) return settle(() => reject(new NobodyThereError('nobody there')))
      const answer = collect(message)
      if (answer) settle(() => resolve(answer))
    })
    try {
      nats.publish(subject, payload, {
        reply: answerSubject(inbox.prefix, options.service, token),
        headers: options.headers,
      })
    } catch (err) {
      settle(() => reject(err))
    }
  })
}

const inboxes = new WeakMap<NatsConnection, Inbox>()

/** Its NATS user may listen under no other prefix. */
function openInbox(nats: NatsConnection, self: string): Inbox {
  const prefix = createInbox(`_INBOX_${self}`)
  const inbox: Inbox = { prefix, next: 1, waiting: new Map() }
  nats.subscribe(answerSubject(prefix, '*', '*'), {
    callback: (err, message) => {
      if (!err) inbox.waiting.get(message.subject.slice(message.subject.lastIndexOf('.') + 1))?.(message)
    },
  })
  inboxes.set(nats, inbox)
  return inbox
}

interface Inbox {
  prefix: string
  next: number
  waiting: Map<string, (message: Msg) => void>
}
