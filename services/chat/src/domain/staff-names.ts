import { asTenant } from '@candor/runtime/tenancy'
import { hasStaff, upsertStaff } from '../store/staff.ts'
import type { Deps, Staff } from './deps.ts'

/**
 * Tries to have the caller's name here before it is shown; normally the event of their joining has brought it. With
 * identity away the name comes later: an answer to a visitor does not wait for it.
 */
export async function knowStaffName(deps: Deps, { tenantId, userId }: Staff): Promise<void> {
  const known = await asTenant(deps.db, tenantId, (trx) => hasStaff(trx, { tenantId, userId }))
  if (known) return
  const [found] = await deps.identity.getStaffNames
    .query({ tenantId, userIds: [userId] })
    .catch((err: unknown) => {
      deps.log.warn({ err }, 'the name of an agent is not known yet')
      return []
    })
  if (found) await asTenant(deps.db, tenantId, (trx) => upsertStaff(trx, { tenantId, ...found }))
}
