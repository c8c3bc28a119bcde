import type { Role } from '@candor/contracts/callers'
import type { StaffUser } from '@candor/contracts/identity/schemas'
import { notFound, ServiceError } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import { renewRole } from '../store/sessions.ts'
import { lockUsers, updateUser } from '../store/users.ts'
import { announceStaffChanged } from './announce-staff-changed.ts'
import type { Deps, Staff } from './deps.ts'

/**
 * All staff of the business are locked meanwhile: two owners who demote each other at once leave one of them. Tokens
 * that name the former role are refused everywhere within seconds; the next renewal names the new one.
 */
export async function changeRole(
  deps: Deps,
  caller: Staff,
  { userId, role }: { userId: string; role: Role },
): Promise<StaffUser> {
  const { tenantId } = caller
  const changed = await asTenant(deps.db, tenantId, async (trx) => {
    const staff = await lockUsers(trx, tenantId)
    const isOwner = (id: string) => staff.some((user) => user.id === id && user.role === 'owner')
    // The token may be older than the caller's own last change of role.
    if (!isOwner(caller.userId)) throw new ServiceError('forbidden', 'only an owner changes roles')
    const colleague = staff.find((user) => user.id === userId)
    if (!colleague) throw notFound('colleague')
    if (colleague.role === role) return colleague
    const owners = staff.filter((user) => user.role === 'owner')
    if (isOwner(userId) && owners.length === 1) {
      throw new ServiceError('conflict', 'a business keeps an owner; make somebody else one first')
    }
    await announceStaffChanged(trx, deps, { tenantId, userId })
    await renewRole(trx, { tenantId, userId, role, now: deps.clock.now() })
    return (await updateUser(trx, { tenantId, userId }, { role }))!
  })
  deps.relay.wake()
  return changed
}
