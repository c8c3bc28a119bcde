import type { Usage } from '@candor/contracts/billing/schemas'
import { asTenant } from '@candor/runtime/tenancy'
import { findUsage } from '../store/usage.ts'
import type { Deps, Staff } from './deps.ts'
import { getPlan } from './plans.ts'
import { readTerms } from './read-terms.ts'
import { termAt } from './terms.ts'

export async function getUsage(deps: Deps, caller: Staff): Promise<Usage> {
  const now = deps.clock.now()
  return asTenant(deps.db, caller.tenantId, async (trx) => {
    const term = termAt(await readTerms(trx, deps, caller.tenantId, now), now)
    const used = await findUsage(trx, caller.tenantId, term.id)
    return {
      periodStart: term.startsAt.toISOString(),
      periodEnd: term.endsAt.toISOString(),
      conversations: { used: used?.conversations ?? 0, included: getPlan(term.planId).conversationsIncluded },
      messages: { used: used?.messages ?? 0 },
    }
  })
}
