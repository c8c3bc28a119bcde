import type { IncomingHttpHeaders } from 'node:http'
import { ServiceError } from '@candor/rpc/service-error'
import type { Clock } from '@candor/runtime/clock'
import { UnregisteredRecipientError } from '@candor/runtime/outgoing-fetch'
import type { OutgoingFetch } from '@candor/runtime/outgoing-fetch'
import { z } from 'zod'
import type { PaymentProvider, ReadNotice } from '../domain/payment-provider.ts'
import { verifyWebhook } from './standard-webhooks.ts'

/** The payment platform that the local stack runs. */
export function sandboxProvider(options: SandboxOptions): PaymentProvider {
  return {
    name: 'sandbox',
    async openCheckout({ tenantId, ...order }) {
      const path = '/v1/checkout_sessions'
      const { id, url } = Session.parse(await post(options, path, order.reference, order, tenantId))
      return { sessionId: id, url }
    },
    readNotice: (rawBody, headers) => readNotice(options, rawBody, headers),
    async refund({ paymentId, amountMinor, idempotencyKey }) {
      await post(options, `/v1/payments/${encodeURIComponent(paymentId)}/refunds`, idempotencyKey, {
        amountMinor,
      })
    },
  }
}

export interface SandboxOptions {
  apiUrl: string
  apiKey: string
  /** Each of them signs notices that are taken. */
  webhookSecrets: readonly Buffer[]
  clock: Clock
  outgoing: OutgoingFetch
  timeoutMs?: number
}

/** As it stands on the register of recipients. */
export const paymentRecipient = 'sandbox'

/** Printable ASCII: it goes into the database, which refuses NUL. */
const Word = z.string().regex(/^[\x20-\x7e]{1,200}$/)

/** Its address is handed to a browser, so that nothing but a web page may stand there. */
const Session = z.object({ id: Word, url: z.url({ protocol: /^https?$/ }) })

const Notice = z.object({
  type: z.string(),
  data: z.object({
    sessionId: Word,
    paymentId: Word.nullish(),
    reference: Word,
    amountMinor: z.number().int(),
    currency: z.string(),
    refundedMinor: z.number().int().nullish(),
  }),
})

const noticeTypes = ['payment.succeeded', 'payment.failed', 'payment.refunded'] as const

function readNotice(options: SandboxOptions, rawBody: Buffer, headers: IncomingHttpHeaders): ReadNotice {
  const id = verifyWebhook({ secrets: options.webhookSecrets, headers, rawBody, now: options.clock.now() })
  if (id === undefined) return { kind: 'unsigned' }
  const json = parseJson(rawBody)
  const type = noticeTypes.find((known) => known === json?.type)
  if (typeof json?.type === 'string' && !type) return { kind: 'other' }
  const parsed = Notice.safeParse(json)
  if (!type || !parsed.success) return { kind: 'unreadable' }
  const { paymentId = null, refundedMinor, ...data } = parsed.data.data
  return { kind: 'notice', notice: { id, type, ...data, paymentId, refundedMinor: refundedMinor ?? 0 } }
}

function parseJson(rawBody: Buffer): { type?: unknown } | undefined {
  try {
    return JSON.parse(rawBody.toString('utf8'))
  } catch {
    return undefined
  }
}

/** Trouble that may pass is `unavailable`; a refusal means that we are set up or built wrongly. */
async function post(
  options: SandboxOptions,
  path: string,
  idempotencyKey: string,
  body: object,
  tenantId?: string,
): Promise<unknown> {
  const { apiUrl, apiKey, timeoutMs = 5_000 } = options
  const away = (cause?: unknown) =>
    new ServiceError('unavailable', 'the payment provider is not answering; try again', { cause })
  const response = await options
    .outgoing(
      paymentRecipient,
      `${apiUrl}${path}`,
      {
        method: 'POST',
        headers: {
          authorization: `Bearer ${apiKey}`,
          'content-type': 'application/json',
          'idempotency-key': idempotencyKey,
        },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(timeoutMs),
      },
      tenantId,
    )
    .catch((cause: unknown) => {
      throw cause instanceof UnregisteredRecipientError ? cause : away(cause)
    })
  if (response.status >= 500 || response.status === 429) throw away()
  if (!response.ok)
    throw new Error(`the payment provider refused ${path.split('/')[2]} with ${response.status}`)
  return response.json().catch((cause: unknown) => {
    throw away(cause)
  })
}
