import type { Subscription } from '@candor/contracts/billing/schemas'
import { asTenant } from '@candor/runtime/tenancy'
import type { Deps, Staff } from './deps.ts'
import { readTerms } from './read-terms.ts'
import { toSubscription } from './subscription.ts'

export async function getSubscription(deps: Deps, caller: Staff): Promise<Subscription> {
  const now = deps.clock.now()
  const terms = await asTenant(deps.db, caller.tenantId, (trx) => readTerms(trx, deps, caller.tenantId, now))
  return toSubscription(terms, now)
}
