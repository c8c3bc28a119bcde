import { endOf } from '@candor/policy/period'
import type { Transaction } from 'kysely'
import { setPaid } from '../store/checkouts.ts'
import type { Checkout } from '../store/checkouts.ts'
import { endTrial, insertTerm, lockTerms, setCancelled } from '../store/terms.ts'
import type { Database } from '../store/tables.ts'
import type { Deps } from './deps.ts'
import { issue } from './issue.ts'
import type { PaymentNotice } from './payment-provider.ts'
import { getPlan } from './plans.ts'
import { nextStart } from './terms.ts'

/** Gives the month that was paid for and issues its invoice. The checkout must be locked, unpaid and have a buyer. */
export async function settlePayment(
  trx: Transaction<Database>,
  deps: Deps,
  checkout: Checkout,
  notice: PaymentNotice,
): Promise<void> {
  const { tenantId, planId, id: checkoutId } = checkout
  const now = deps.clock.now()
  const startsAt = nextStart(await lockTerms(trx, tenantId), planId, now)
  const endsAt = endOf(startsAt, { months: 1 })
  await endTrial(trx, tenantId, now)
  await setCancelled(trx, tenantId, { cancelledAt: null, now })
  await insertTerm(trx, { id: deps.newId(), tenantId, planId, checkoutId, startsAt, endsAt })
  await setPaid(trx, checkoutId, { sessionId: notice.sessionId, paymentId: notice.paymentId!, at: now })
  await issue(trx, deps, {
    tenantId,
    checkoutId,
    kind: 'invoice',
    correctsNumber: null,
    suppliedFrom: startsAt,
    suppliedTo: endsAt,
    buyer: checkout.buyer!,
    description: `Candor ${getPlan(planId).name} plan, one month`,
    charge: checkout.charge,
    status: 'paid',
  })
}
