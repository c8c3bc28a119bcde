import type { BillingDetails } from '@candor/contracts/billing/schemas'
import { germanBuyer } from './start-billing.ts'
import type { TestBilling } from './start-billing.ts'
import type { Notice } from './notices.ts'

/** Opens a checkout and answers what a true notice about it holds. */
export async function openCheckout(
  billing: TestBilling,
  tenantId: string,
  options: { planId?: 'starter' | 'team'; details?: BillingDetails; userId?: string } = {},
): Promise<Notice & { checkoutUrl: string }> {
  const { planId = 'starter', details = germanBuyer, userId } = options
  const owner = await billing.staff(tenantId, 'owner', userId)
  const { checkoutId, checkoutUrl } = await owner.startCheckout.mutate({ planId, details })
  const { id, paymentId, amountMinor } = await billing.session(checkoutUrl)
  return { checkoutUrl, reference: checkoutId, sessionId: id, paymentId, amountMinor }
}

/** Opens a checkout that is then paid for. */
export async function buy(
  billing: TestBilling,
  tenantId: string,
  options: Parameters<typeof openCheckout>[2] = {},
) {
  const { checkoutUrl: _, ...notice } = await openCheckout(billing, tenantId, options)
  const { outcome } = await billing.notices.send(notice)
  if (outcome !== 'applied') throw new Error(`the payment was ${outcome}`)
  return notice
}
