import type { Invitation, StaffUser } from '@candor/contracts/identity/schemas'
import { asTenant } from '@candor/runtime/tenancy'
import { listInvitations } from '../store/invitations.ts'
import { listUsers } from '../store/users.ts'
import type { Deps, Staff } from './deps.ts'

/** Agents see who their colleagues are, not who is about to become one. */
export async function listStaff(
  deps: Deps,
  { tenantId, role }: Staff,
): Promise<{ staff: StaffUser[]; invitations: Invitation[] }> {
  return asTenant(deps.db, tenantId, async (trx) => ({
    staff: await listUsers(trx, tenantId),
    invitations: role === 'agent' ? [] : await listInvitations(trx, { tenantId, openAt: deps.clock.now() }),
  }))
}
