import type { IncomingHttpHeaders } from 'node:http'

/** What billing asks of a payment platform. Card numbers are typed on its page; nothing here has a place for one. */
export interface PaymentProvider {
  /** Names it in the address of its webhook and on checkouts. */
  readonly name: string
  /** Opens a hosted payment page. The same `reference` twice opens one session. */
  openCheckout(order: CheckoutOrder): Promise<{ sessionId: string; url: string }>
  /** Reads a webhook, from the bytes as they came: the signature is over those. */
  readNotice(rawBody: Buffer, headers: IncomingHttpHeaders): ReadNotice
  /** Gives a payment back, whole unless an amount is named. The notice that it happened comes by webhook. */
  refund(order: { paymentId: string; amountMinor?: number; idempotencyKey: string }): Promise<void>
}

export interface CheckoutOrder {
  /** Whose notice has to name the provider; it is not told who that is. */
  readonly tenantId: string
  /** Our checkout's id: comes back with every notice and makes repeating the call harmless. */
  readonly reference: string
  readonly description: string
  /** Gross: what is charged. */
  readonly amountMinor: number
  readonly currency: string
  readonly successUrl: string
  readonly cancelUrl: string
  readonly webhookUrl: string
}

/** `unsigned` is anybody's; `unreadable` was signed and is not what was agreed; `other` is none of our business. */
export type ReadNotice =
  | { readonly kind: 'notice'; readonly notice: PaymentNotice }
  | { readonly kind: 'unsigned' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'other' }

export interface PaymentNotice {
  /** The same each time the notice is delivered. */
  readonly id: string
  readonly type: 'payment.succeeded' | 'payment.failed' | 'payment.refunded'
  readonly reference: string
  readonly sessionId: string
  readonly paymentId: string | null
  readonly amountMinor: number
  readonly currency: string
  /** All that was given back of the payment so far. */
  readonly refundedMinor: number
}
