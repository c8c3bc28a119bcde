import type { ColumnDescription } from '@candor/contracts/data-holder'
import type { PrivacyNotice } from '@candor/contracts/privacy/schemas'
import { categoryIds } from '@candor/contracts/policy/categories'
import type { Policy } from '@candor/contracts/policy/policy'
import { describeCategory } from '@candor/policy/describe-category'
import { authorities, authorityOf } from '@candor/policy/authorities'
import { versionInForce } from '@candor/policy/in-force'
import { rightsOf } from '@candor/policy/rights'
import type { Declaration } from './declarations.ts'
import type { Deps } from './deps.ts'
import { getVersion, readBusiness, writeNotice } from './notices/read-notices.ts'

/** A business's notice, written from its settings and from what the services declare that they hold. */
export async function getNotice(
  deps: Deps,
  input: { business: string; version?: number | undefined; country?: string | undefined },
): Promise<PrivacyNotice> {
  const { business, published } = await readBusiness(deps, input.business)
  const { name, slug, country } = business
  const version =
    input.version === undefined
      ? versionInForce(published, deps.clock.now())
      : getVersion(published, input.version)
  const categories = describeCategories(await deps.readDeclarations(), version.policy)
  const { settings, ...notice } = writeNotice(business, version, {
    readerCountry: input.country,
    held: categories.map(({ category }) => category),
  })
  return {
    ...notice,
    business: { name, slug, country },
    version: String(version.version),
    revisedAt: version.revisedAt,
    effectiveAt: version.effectiveAt,
    categories,
    rights: rightsOf(settings),
    authority: authorityOf(input.country, country),
    authorityCountries: Object.keys(authorities),
  }
}

/** The categories that any service declares, in the order of the policy, each with the services that hold it. */
function describeCategories(declarations: readonly Declaration[], policy: Policy) {
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
        category,
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
