import type { PrivacyNotice } from '@candor/contracts/privacy/schemas'
import { describeCategory } from '@candor/personal-data/export-subject'
import { categories } from '@candor/policy/categories'
import type { CategoryId } from '@candor/policy/categories'
import { noticeEffectiveAt, noticeVersion } from '@candor/policy/notice'
import { notFound } from '@candor/rpc/service-error'
import type { Declaration } from './declarations.ts'
import type { Deps } from './deps.ts'
import { rights } from './rights.ts'

/** The notice of a business, written from what the services declare and not from what somebody remembers. */
export async function getNotice(deps: Deps, slug: string): Promise<PrivacyNotice> {
  const business = await deps.identity.findBusiness.query({ slug })
  if (!business) throw notFound('business')
  return {
    business: { name: business.name, slug: business.slug, country: business.country },
    version: noticeVersion,
    effectiveAt: noticeEffectiveAt,
    categories: describeCategories(await deps.readDeclarations()),
    rights,
  }
}

/** The categories that any service declares, in the order of the policy, each with the services that hold it. */
function describeCategories(declarations: readonly Declaration[]): PrivacyNotice['categories'] {
  return Object.keys(categories).flatMap((category) => {
    const holding = declarations.filter(({ columns }) =>
      columns.some((column) => column.category === category),
    )
    if (holding.length === 0) return []
    return [{ ...describeCategory(category as CategoryId), services: holding.map(({ service }) => service) }]
  })
}
