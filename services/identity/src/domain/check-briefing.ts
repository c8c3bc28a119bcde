import type { Policy } from '@candor/contracts/policy/policy'
import { briefingDueAt } from '@candor/policy/briefing'
import { asTenant } from '@candor/runtime/tenancy'
import { findBriefing } from '../store/briefings.ts'
import type { Deps } from './deps.ts'

/** What a business's notice says of briefings; null where it asks for none. */
export type AwarenessOf = (tenantId: string) => Promise<Policy['awareness']>

/** Whether somebody's next access token has to leave personal data closed. */
export async function isUnbriefed(
  deps: Deps,
  { tenantId, userId }: { tenantId: string; userId: string },
): Promise<boolean> {
  const awareness = await deps.awarenessOf(tenantId)
  if (!awareness?.blocksAccess) return false
  const found = await asTenant(deps.db, tenantId, (trx) => findBriefing(trx, { tenantId, userId }))
  const dueAt = found && briefingDueAt(awareness, found)
  return dueAt ? dueAt <= deps.clock.now() : false
}
