import type { Subscription } from '@candor/contracts/billing/schemas'
import { ServiceError } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import { findTerms, lockTerms, setCancelled } from '../store/terms.ts'
import type { Deps, Staff } from './deps.ts'
import { readTerms } from './read-terms.ts'
import { toSubscription } from './subscription.ts'

export async function cancelSubscription(deps: Deps, caller: Staff): Promise<Subscription> {
  const now = deps.clock.now()
  const { tenantId } = caller
  return asTenant(deps.db, tenantId, async (trx) => {
    await readTerms(trx, deps, tenantId, now)
    const before = toSubscription(await lockTerms(trx, tenantId), now)
    if (before.status === 'ended') throw new ServiceError('conflict', 'the plan has ended already')
    await setCancelled(trx, tenantId, { cancelledAt: now, now })
    return toSubscription(await findTerms(trx, tenantId), now)
  })
}
