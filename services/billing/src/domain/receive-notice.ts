import { asLookup, enterTenant } from '@candor/runtime/tenancy'
import type { Transaction } from 'kysely'
import { lockCheckout, setFailed } from '../store/checkouts.ts'
import type { Checkout } from '../store/checkouts.ts'
import { insertNotice, isNoticeKnown } from '../store/payment-notices.ts'
import type { Database } from '../store/tables.ts'
import type { Deps } from './deps.ts'
import type { PaymentNotice } from './payment-provider.ts'
import { settlePayment } from './settle-payment.ts'
import { settleRefund } from './settle-refund.ts'

/**
 * Takes a signed notice once, in one transaction with its effect. Notices may come twice, late and in any order; what
 * they lead to is the same. One that contradicts the checkout has no effect and is logged for a person to look at.
 */
export async function receiveNotice(
  deps: Deps,
  provider: string,
  notice: PaymentNotice,
): Promise<NoticeOutcome> {
  return asLookup(deps.db, notice.reference, async (trx) => {
    const checkout = isUuid(notice.reference) ? await lockCheckout(trx, notice.reference) : undefined
    if (await isNoticeKnown(trx, provider, notice.id)) return 'repeated'
    const outcome = checkout?.provider === provider ? await apply(trx, deps, checkout, notice) : 'ignored'
    await insertNotice(trx, {
      provider,
      noticeId: notice.id,
      type: notice.type,
      checkoutId: checkout?.id ?? null,
      outcome,
      receivedAt: deps.clock.now(),
    })
    return outcome
  })
}

export type NoticeOutcome = 'applied' | 'repeated' | 'ignored' | 'refused'

async function apply(
  trx: Transaction<Database>,
  deps: Deps,
  checkout: Checkout,
  notice: PaymentNotice,
): Promise<'applied' | 'refused'> {
  await enterTenant(trx, checkout.tenantId)
  const reason = findContradiction(checkout, notice)
  if (reason) {
    const { tenantId } = checkout
    deps.log.error({ reason, kind: notice.type, eventId: notice.id, tenantId }, 'payment notice refused')
    return 'refused'
  }
  if (notice.type === 'payment.failed') {
    await setFailed(trx, checkout.id, deps.clock.now())
    return 'applied'
  }
  // A refund that arrives first tells of the payment as well: both are settled, and its late notice finds them so.
  if (!checkout.paidAt) await settlePayment(trx, deps, checkout, notice)
  if (notice.type === 'payment.refunded') await settleRefund(trx, deps, checkout, notice.refundedMinor)
  return 'applied'
}

function findContradiction({ sessionId, paymentId, paidAt, charge, buyer }: Checkout, notice: PaymentNotice) {
  if (sessionId && sessionId !== notice.sessionId) return 'another session'
  if (notice.type === 'payment.failed') return undefined
  if (!notice.paymentId) return 'no payment'
  if (paymentId && paymentId !== notice.paymentId) return 'another payment'
  if (notice.currency !== charge.currency) return 'another currency'
  if (notice.amountMinor !== charge.grossMinor) return 'another amount'
  if (notice.type === 'payment.refunded' && !isWithin(notice.refundedMinor, charge.grossMinor))
    return 'refund out of range'
  if (!paidAt && !buyer) return 'buyer erased before the payment'
  return undefined
}

function isWithin(refundedMinor: number, grossMinor: number): boolean {
  return refundedMinor > 0 && refundedMinor <= grossMinor
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
}
