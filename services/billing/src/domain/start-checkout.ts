import type { BillingDetails, PlanId } from '@candor/contracts/billing/schemas'
import { ServiceError } from '@candor/rpc/service-error'
import { UnregisteredRecipientError } from '@candor/runtime/outgoing-fetch'
import { asTenant } from '@candor/runtime/tenancy'
import { insertCheckout, setSession } from '../store/checkouts.ts'
import type { Term } from '../store/terms.ts'
import { checkBuyer } from './check-buyer.ts'
import type { Deps, Staff } from './deps.ts'
import { getPlan, planRank } from './plans.ts'
import { readTerms } from './read-terms.ts'
import { assessTax, chargeFor } from './tax.ts'
import { nextStart, termAt } from './terms.ts'

/**
 * Opens a payment page for one month of a plan. The checkout is stored before the provider hears of it: whatever
 * happens in between, a notice of payment finds it, and one that nobody was sent to stays unpaid and does nothing.
 */
export async function startCheckout(
  deps: Deps,
  caller: Staff,
  input: { planId: PlanId; details: BillingDetails },
): Promise<{ checkoutId: string; checkoutUrl: string }> {
  const buyer = checkBuyer(input.details)
  const plan = getPlan(input.planId)
  const charge = chargeFor(plan.price, assessTax(deps.seller.country, buyer))
  const id = deps.newId()
  const now = deps.clock.now()
  const { tenantId, userId } = caller
  const { provider, publicUrl } = deps

  await asTenant(deps.db, tenantId, async (trx) => {
    refuseTooEarly(await readTerms(trx, deps, tenantId, now), plan.id, now)
    const checkout = {
      id,
      tenantId,
      provider: provider.name,
      planId: plan.id,
      buyer: { ...buyer, userId },
      charge,
    }
    await insertCheckout(trx, { ...checkout, startedAt: now })
  })
  const order = {
    tenantId,
    reference: id,
    description: `Candor ${plan.name}, one month`,
    amountMinor: charge.grossMinor,
    currency: charge.currency,
    successUrl: `${publicUrl}/billing?checkout=success`,
    cancelUrl: `${publicUrl}/billing?checkout=cancelled`,
    webhookUrl: `${publicUrl}/webhooks/billing/${provider.name}`,
  }
  const session = await provider.openCheckout(order).catch((err: unknown) => {
    if (!(err instanceof UnregisteredRecipientError)) throw err
    throw new ServiceError('forbidden', 'the notice in force does not name the payment provider', {
      cause: err,
    })
  })
  await asTenant(deps.db, tenantId, (trx) => setSession(trx, id, session.sessionId))
  return { checkoutId: id, checkoutUrl: session.url }
}

/**
 * A larger plan can be bought any time, and so can a smaller one to follow the running month; what is paid for can be
 * extended only shortly before it ends.
 */
function refuseTooEarly(terms: readonly Term[], planId: PlanId, now: Date): void {
  const startsAt = nextStart(terms, planId, now)
  if (startsAt.getTime() - now.getTime() <= extendableDays * 86_400_000) return
  const running = termAt(terms, now)
  const isSmaller = planRank(planId) < planRank(running.planId)
  if (isSmaller && running.endsAt.getTime() === startsAt.getTime()) return
  const until = startsAt.toISOString().slice(0, 10)
  throw new ServiceError(
    'conflict',
    `paid until ${until}; it can be extended from ${extendableDays} days before`,
  )
}

const extendableDays = 7
