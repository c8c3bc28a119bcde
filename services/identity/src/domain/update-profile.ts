import type { StaffUser } from '@candor/contracts/identity/schemas'
import { badInput, ServiceError } from '@candor/rpc/service-error'
import { asLookup, asTenant } from '@candor/runtime/tenancy'
import { findCredentials, findUser, updateUser } from '../store/users.ts'
import { announceStaffChanged } from './announce-staff-changed.ts'
import type { Deps, Staff } from './deps.ts'
import { refuseTaken } from './join-staff.ts'
import { accountEnded } from './me.ts'

/** The e-mail address is half of what signs a person in, so changing it needs the other half. */
export async function updateProfile(
  deps: Deps,
  caller: Staff,
  change: { name?: string | undefined; email?: string | undefined; currentPassword?: string | undefined },
): Promise<StaffUser> {
  const { tenantId } = caller
  const before = await asTenant(deps.db, tenantId, (trx) => findUser(trx, caller))
  if (!before) throw accountEnded()
  const { name = before.name, email = before.email } = change
  if (name === before.name && email === before.email) return before
  if (email === before.email) return save(deps, caller, before, { name })

  if (!change.currentPassword) throw badInput('currentPassword', 'is needed to change the e-mail address')
  const attempt = { what: 'password of a profile', who: caller.userId, limit: deps.limits.passwordByEmail }
  await deps.throttle.take([attempt])
  const held = await asLookup(deps.db, before.email, (trx) => findCredentials(trx, before.email))
  if (!(await deps.passwords.verify(held?.passwordHash, change.currentPassword))) {
    throw new ServiceError('bad-credentials', 'the current password is wrong')
  }
  const after = await save(deps, caller, before, { name, email })
  await deps.throttle.forget(attempt)
  return after
}

async function save(
  deps: Deps,
  caller: Staff,
  before: StaffUser,
  change: { name: string; email?: string },
): Promise<StaffUser> {
  const after = await asTenant(deps.db, caller.tenantId, async (trx) => {
    const user = await updateUser(trx, caller, change).catch(refuseTaken)
    if (!user) throw accountEnded()
    if (user.name !== before.name) await announceStaffChanged(trx, deps, caller)
    return user
  })
  deps.relay.wake()
  return after
}
