import { createHmac } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { newId } from './sessions.ts'
import type { Delivery, Session, StateFile } from './state.ts'

/**
 * Announces what happened to the merchant, again and again under the same id until it is accepted, also over our own
 * restarts.
 */
export function startWebhooks(file: StateFile, options: WebhookOptions): Webhooks {
  const stopping = new AbortController()
  const deliverAll = (delivery: Delivery) =>
    void deliverUntilAccepted(file, delivery, options, stopping.signal)
  for (const delivery of file.state.deliveries) deliverAll(delivery)
  return {
    announce(type, session) {
      const id = newId('evt')
      const delivery = { id, url: session.webhookUrl, body: eventBody(id, type, session), attempts: 0 }
      file.state.deliveries.push(delivery)
      file.save()
      deliverAll(delivery)
    },
    stop: () => stopping.abort(),
  }
}

/** The headers of https://www.standardwebhooks.com: whoever has the secret can tell that it was us and when. */
export function signedHeaders(
  secret: string,
  id: string,
  body: string,
  now = new Date(),
): Record<string, string> {
  const timestamp = Math.floor(now.getTime() / 1000)
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': `v1,${signature}` }
}

async function deliverUntilAccepted(
  file: StateFile,
  delivery: Delivery,
  { secret, firstRetryMs = 250 }: WebhookOptions,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const outcome = await post(delivery, secret, signal)
    delivery.attempts += 1
    if (outcome === 'accepted') {
      file.state.deliveries.splice(file.state.deliveries.indexOf(delivery), 1)
      return file.save()
    }
    process.stdout.write(`${JSON.stringify({ event: delivery.id, attempts: delivery.attempts, outcome })}\n`)
    const retryMs = Math.min(firstRetryMs * 2 ** (delivery.attempts - 1), 30_000)
    await delay(retryMs, undefined, { signal }).catch(() => {})
  }
}

async function post({ id, url, body }: Delivery, secret: string, signal: AbortSignal): Promise<string> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...signedHeaders(secret, id, body) },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]),
    })
    await response.body?.cancel()
    return response.ok ? 'accepted' : `status ${response.status}`
  } catch {
    return 'no answer'
  }
}

function eventBody(id: string, type: EventType, session: Session): string {
  const { paymentId, reference, amountMinor, currency, refundedMinor } = session
  const data = { sessionId: session.id, paymentId, reference, amountMinor, currency, refundedMinor }
  return JSON.stringify({ id, type, createdAt: new Date().toISOString(), data })
}

export type EventType = 'payment.succeeded' | 'payment.refunded' | 'payment.failed'

export interface WebhookOptions {
  /** `whsec_` and the key in base64. */
  secret: string
  firstRetryMs?: number
}

export interface Webhooks {
  announce(type: EventType, session: Session): void
  stop(): void
}
