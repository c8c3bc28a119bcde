import type { Business } from '@candor/contracts/identity/schemas'
import { badInput } from '@candor/rpc/service-error'
import { asLookup, asTenant } from '@candor/runtime/tenancy'
import { findBusiness as findBusinessById, findBusinessBySlug } from '../store/businesses.ts'
import type { Deps } from './deps.ts'

/** Given both, they must name the same business. */
export async function findBusiness(
  deps: Deps,
  { tenantId, slug }: { tenantId?: string | undefined; slug?: string | undefined },
): Promise<Business | null> {
  if (tenantId !== undefined) {
    const business = await asTenant(deps.db, tenantId, (trx) => findBusinessById(trx, tenantId))
    return business && (slug ?? business.slug) === business.slug ? business : null
  }
  if (slug === undefined) throw badInput('tenantId', 'this or slug is needed')
  return (await asLookup(deps.db, slug, (trx) => findBusinessBySlug(trx, slug))) ?? null
}
