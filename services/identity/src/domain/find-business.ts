import type { Business } from '@candor/contracts/identity/schemas'
import { badInput } from '@candor/rpc/service-error'
import { asLookup, asTenant } from '@candor/runtime/tenancy'
import {
  findBusiness as findBusinessById,
  findBusinessBySlug,
  findBusinessByWidgetKey,
} from '../store/businesses.ts'
import type { Deps } from './deps.ts'

/** Whatever is given must name the same business. */
export async function findBusiness(deps: Deps, sought: Sought): Promise<Business | null> {
  const business = await find(deps, sought)
  if (!business) return null
  const { tenantId = business.id, slug = business.slug, widgetKey = business.widgetKey } = sought
  const isAll = tenantId === business.id && slug === business.slug && widgetKey === business.widgetKey
  return isAll ? business : null
}

async function find(deps: Deps, { tenantId, slug, widgetKey }: Sought): Promise<Business | undefined> {
  if (tenantId !== undefined) return asTenant(deps.db, tenantId, (trx) => findBusinessById(trx, tenantId))
  if (slug !== undefined) return asLookup(deps.db, slug, (trx) => findBusinessBySlug(trx, slug))
  if (widgetKey === undefined) throw badInput('tenantId', 'this, slug or widgetKey is needed')
  return asLookup(deps.db, widgetKey, (trx) => findBusinessByWidgetKey(trx, widgetKey))
}

interface Sought {
  tenantId?: string | undefined
  slug?: string | undefined
  widgetKey?: string | undefined
}
