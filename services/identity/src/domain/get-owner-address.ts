import { notFound } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import { listUsers } from '../store/users.ts'
import type { Deps } from './deps.ts'

/** The longest-standing owner. */
export async function getOwnerAddress(
  deps: Deps,
  { tenantId }: { tenantId: string },
): Promise<{ userId: string; name: string; email: string }> {
  const staff = await asTenant(deps.db, tenantId, (trx) => listUsers(trx, tenantId))
  const owner = staff.find((user) => user.role === 'owner')
  if (!owner) throw notFound('business')
  return { userId: owner.id, name: owner.name, email: owner.email }
}
