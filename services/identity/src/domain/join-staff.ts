import type { Role } from '@candor/contracts/callers'
import type { StaffUser } from '@candor/contracts/identity/schemas'
import { ServiceError } from '@candor/rpc/service-error'
import { violatedUnique } from '@candor/runtime/postgres'
import type { Transaction } from 'kysely'
import type { Database } from '../store/tables.ts'
import { insertUser } from '../store/users.ts'
import { announceStaffChanged } from './announce-staff-changed.ts'
import type { Deps } from './deps.ts'

/** Makes somebody staff of a business, or throws `conflict` where the address has an account anywhere. */
export async function joinStaff(
  trx: Transaction<Database>,
  deps: Deps,
  person: { tenantId: string; email: string; name: string; role: Role; passwordHash: string },
): Promise<StaffUser> {
  const user = await insertUser(trx, { ...person, userId: deps.newId(), createdAt: deps.clock.now() }).catch(
    refuseTaken,
  )
  await announceStaffChanged(trx, deps, { tenantId: person.tenantId, userId: user.id })
  return user
}

/** An address signs in to one account, so it can't have two. */
export function refuseTaken(err: unknown): never {
  if (violatedUnique(err) !== 'users_email') throw err
  throw new ServiceError('conflict', 'this e-mail address already has an account', { cause: err })
}
