import { asTenant } from '@candor/runtime/tenancy'
import { hasStaff, upsertStaff } from '../store/staff.ts'
import type { Deps, Staff } from './deps.ts'

/** Makes sure that the caller's name is here before it is shown; normally the event of their joining has brought it. */
export async function knowStaffName(deps: Deps, { tenantId, userId }: Staff): Promise<void> {
  const known = await asTenant(deps.db, tenantId, (trx) => hasStaff(trx, { tenantId, userId }))
  if (known) return
  const [found] = await deps.identity.getStaffNames.query({ tenantId, userIds: [userId] })
  if (found) await asTenant(deps.db, tenantId, (trx) => upsertStaff(trx, { tenantId, ...found }))
}
