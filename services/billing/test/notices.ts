import { createHmac, randomUUID } from 'node:crypto'
import type { Clock } from '@candor/runtime/clock'

/** Sends payment notices as the provider would, and as somebody who is not the provider would like to. */
export function createNotices(options: { url: string; clock: Clock; secret: Buffer }) {
  async function deliver(body: string | Buffer, overrides: Overrides = {}): Promise<Delivered> {
    const id = overrides.id ?? `evt_${randomUUID()}`
    const timestamp = Math.floor(options.clock.now().getTime() / 1000) + (overrides.skewSeconds ?? 0)
    const secret = overrides.secret ?? options.secret
    const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.`).update(body).digest('base64')
    const response = await fetch(`${options.url}/webhooks/billing/${overrides.provider ?? 'sandbox'}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': overrides.signature ?? `v1,${signature}`,
      },
      body: overrides.sentBody ?? body,
    })
    return { status: response.status, ...((await response.json()) as { outcome: string }) }
  }

  return {
    deliver,
    send: (notice: Notice, overrides: Overrides = {}) => {
      const { type, ...data } = { type: 'payment.succeeded', refundedMinor: 0, currency: 'EUR', ...notice }
      return deliver(
        JSON.stringify({ id: overrides.id, type, createdAt: options.clock.now(), data }),
        overrides,
      )
    },
  }
}

export interface Notice {
  type?: string
  reference: string
  sessionId: string
  paymentId: string | null
  amountMinor: number
  currency?: string
  refundedMinor?: number
}

interface Overrides {
  id?: string
  provider?: string
  skewSeconds?: number
  secret?: Buffer
  signature?: string
  /** Sent in place of the bytes that were signed. */
  sentBody?: string
}

interface Delivered {
  status: number
  outcome: string
}
