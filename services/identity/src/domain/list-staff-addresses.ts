import { asTenant } from '@candor/runtime/tenancy'
import { listUsers } from '../store/users.ts'
import type { Deps } from './deps.ts'

/** Accounts that have ended are left out. */
export async function listStaffAddresses(
  deps: Deps,
  { tenantId }: { tenantId: string },
): Promise<{ userId: string; email: string; createdAt: string }[]> {
  const staff = await asTenant(deps.db, tenantId, (trx) => listUsers(trx, tenantId))
  return staff.map(({ id, email, createdAt }) => ({ userId: id, email, createdAt }))
}
