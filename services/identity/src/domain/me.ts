import type { Business, StaffUser } from '@candor/contracts/identity/schemas'
import { ServiceError } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import { findBusiness } from '../store/businesses.ts'
import { findUser } from '../store/users.ts'
import type { Deps, Staff } from './deps.ts'

export async function me(deps: Deps, caller: Staff): Promise<{ user: StaffUser; business: Business }> {
  return asTenant(deps.db, caller.tenantId, async (trx) => {
    const user = await findUser(trx, caller)
    const business = await findBusiness(trx, caller.tenantId)
    if (!user || !business) throw accountEnded()
    return { user, business }
  })
}

/** For a token that outlives its account by some minutes. */
export function accountEnded(): ServiceError {
  return new ServiceError('not-signed-in', 'this account has ended')
}
