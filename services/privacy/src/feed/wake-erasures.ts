import type { Deps } from '../domain/deps.ts'
import { deleteHoldEnds, listEndedHolds } from '../store/holds.ts'
import { hasDriven, hasten } from '../store/saga-queue.ts'

/**
 * Sends the erasures of tenants on their way of whom a hold is over and whose services know it. One that is being driven
 * may have met the hold before it was over: while there is such, the tenant is looked at again.
 */
export async function wakeErasures(deps: Deps): Promise<void> {
  const now = deps.clock.now()
  for (const tenantId of await listEndedHolds(deps.db, now)) {
    const isDriven = await hasDriven(deps.db, tenantId, now)
    await hasten(deps.db, tenantId, now)
    deps.alarm.ring()
    if (!isDriven) await deleteHoldEnds(deps.db, tenantId, now)
  }
}
