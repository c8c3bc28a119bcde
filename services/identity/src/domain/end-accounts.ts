import type { Role } from '@candor/contracts/callers'
import type { StaffUser } from '@candor/contracts/identity/schemas'
import { notFound, ServiceError } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import type { Transaction } from 'kysely'
import { revokeSessionsOf } from '../store/sessions.ts'
import type { Database } from '../store/tables.ts'
import { emptyUser, endUser, findUser, listNames, lockUsers, reopenUser } from '../store/users.ts'
import { announceStaffChanged } from './announce-staff-changed.ts'
import type { Deps, Staff } from './deps.ts'

/** Closes a colleague's account. Who is no owner closes no owner's. */
export async function deactivateStaff(
  deps: Deps,
  caller: Staff,
  userId: string,
): Promise<Record<string, never>> {
  const { tenantId } = caller
  await asTenant(deps.db, tenantId, async (trx) => {
    const own = await checkRole(trx, caller, ['owner', 'admin'])
    const colleague = await findUser(trx, { tenantId, userId })
    if (!colleague) throw notFound('colleague')
    if (colleague.role === 'owner' && own !== 'owner')
      throw new ServiceError('forbidden', 'only an owner closes the account of an owner')
    await end(trx, deps, { tenantId, userId }, false)
  })
  return {}
}

export async function reactivateStaff(deps: Deps, caller: Staff, userId: string): Promise<StaffUser> {
  const { tenantId } = caller
  return asTenant(deps.db, tenantId, async (trx) => {
    await checkRole(trx, caller, ['owner'])
    const reopened = await reopenUser(trx, { tenantId, userId })
    if (!reopened) throw notFound('deactivated colleague')
    return reopened
  })
}

/** Deletes an account, open or deactivated. */
export async function removeStaff(deps: Deps, caller: Staff, userId: string): Promise<Record<string, never>> {
  const { tenantId } = caller
  await asTenant(deps.db, tenantId, async (trx) => {
    await checkRole(trx, caller, ['owner'])
    const [known] = await listNames(trx, { tenantId, userIds: [userId] })
    if (!known) throw notFound('colleague')
    await end(trx, deps, { tenantId, userId }, true)
  })
  deps.relay.wake()
  return {}
}

/** The token may be older than the caller's own last change of role. Answers the role they have. */
async function checkRole(
  trx: Transaction<Database>,
  { tenantId, userId }: Staff,
  allowed: readonly Role[],
): Promise<Role> {
  const caller = (await lockUsers(trx, tenantId)).find((user) => user.id === userId)
  if (!caller || !allowed.includes(caller.role))
    throw new ServiceError('forbidden', 'your role does not allow this any more')
  return caller.role
}

/** The same at the request of the person. Repeating it changes nothing; the last owner's account stays. */
export async function endAccounts(
  deps: Deps,
  { tenantId, userIds, visitorIds, remove }: Ending,
): Promise<{ ended: number; keptOwner: boolean }> {
  const answer = await asTenant(deps.db, tenantId, async (trx) => {
    await revokeSessionsOf(trx, { tenantId, userIds: [], visitorIds }, deps.clock.now())
    let [ended, keptOwner] = [0, false]
    for (const userId of userIds) {
      if (await isLastOwner(trx, { tenantId, userId })) keptOwner = true
      else if (await end(trx, deps, { tenantId, userId }, remove)) ended++
    }
    return { ended, keptOwner }
  })
  deps.relay.wake()
  return answer
}

/** In a database that was restored from before they were removed: as they went then, so they go now. */
export async function removeAccounts(
  trx: Transaction<Database>,
  deps: Pick<Deps, 'clock' | 'newId'>,
  { tenantId, userIds }: { tenantId: string; userIds: readonly string[] },
): Promise<void> {
  for (const userId of userIds)
    if (!(await isLastOwner(trx, { tenantId, userId }))) await end(trx, deps, { tenantId, userId }, true)
}

async function end(
  trx: Transaction<Database>,
  deps: Pick<Deps, 'clock' | 'newId'>,
  user: { tenantId: string; userId: string },
  remove: boolean,
): Promise<boolean> {
  if (await isLastOwner(trx, user)) throw new ServiceError('conflict', 'a business always keeps an owner')
  const now = deps.clock.now()
  const closed = await endUser(trx, user, now)
  await revokeSessionsOf(trx, { tenantId: user.tenantId, userIds: [user.userId], visitorIds: [] }, now)
  const emptied = remove && (await emptyUser(trx, user, removedName))
  // Every service that shows the name asks for it anew.
  if (emptied) await announceStaffChanged(trx, deps, user)
  return closed || emptied
}

/** What stands where the name of a deleted account stood. */
const removedName = 'Removed'

async function isLastOwner(
  trx: Transaction<Database>,
  { tenantId, userId }: { tenantId: string; userId: string },
): Promise<boolean> {
  const owners = (await lockUsers(trx, tenantId)).filter(({ role }) => role === 'owner')
  return owners.length === 1 && owners[0]!.id === userId
}

interface Ending {
  tenantId: string
  userIds: string[]
  visitorIds: string[]
  remove: boolean
}
