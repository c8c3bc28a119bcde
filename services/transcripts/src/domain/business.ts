import { notFound } from '@candor/rpc/service-error'
import type { Deps } from './deps.ts'

/** The business a transcript belongs to, as documents name it. */
export async function getBusiness(deps: Deps, tenantId: string): Promise<{ name: string; slug: string }> {
  const business = await deps.identity.findBusiness.query({ tenantId })
  if (!business) throw notFound('business')
  return business
}
