import type { ColumnDescription } from '@candor/contracts/data-holder'
import type { PrivacyNotice } from '@candor/contracts/privacy/schemas'
import { categoryIds } from '@candor/contracts/policy/categories'
import type { Policy } from '@candor/contracts/policy/policy'
import { describeCategory } from '@candor/policy/describe-category'
import { notFound } from '@candor/rpc/service-error'
import type { Declaration } from './declarations.ts'
import type { Deps } from './deps.ts'
import { getVersionInForce } from './notices/read-notices.ts'
import { rights } from './rights.ts'

/** The notice of a business, written from what the services declare and not from what somebody remembers. */
export async function getNotice(deps: Deps, slug: string): Promise<PrivacyNotice> {
  const business = await deps.identity.findBusiness.query({ slug })
  if (!business) throw notFound('business')
  const { version, revisedAt, effectiveAt, policy } = await getVersionInForce(deps, business.id)
  return {
    business: { name: business.name, slug: business.slug, country: business.country },
    version: String(version),
    revisedAt,
    effectiveAt,
    categories: describeCategories(await deps.readDeclarations(), policy),
    rights,
  }
}

/** The categories that any service declares, in the order of the policy, each with the services that hold it. */
function describeCategories(
  declarations: readonly Declaration[],
  policy: Policy,
): PrivacyNotice['categories'] {
  return categoryIds.flatMap((category) => {
    const holding = declarations
      .map(({ service, columns }) => ({
        service,
        columns: columns.filter((one) => one.category === category),
      }))
      .filter(({ columns }) => columns.length > 0)
    if (holding.length === 0) return []
    return [
      {
        ...describeCategory(category, policy),
        keptBecause: reasonsToKeep(holding.flatMap(({ columns }) => columns)),
        services: holding.map(({ service }) => service),
      },
    ]
  })
}

function reasonsToKeep(columns: readonly ColumnDescription[]): string[] {
  const reasons = columns.map(({ onErasure }) => /^kept: (.*)$/s.exec(onErasure ?? '')?.[1])
  return [...new Set(reasons.filter((reason) => reason !== undefined))]
}
