import type { CategoryId, Channel } from '@candor/contracts/policy/categories'
import type { Period } from '@candor/contracts/policy/period'

/** Where the engine learns how long a tenant keeps what. */
export interface RetentionRules {
  of(tenantId: string): Promise<TenantRetention>
}

/** The part of a tenant's rules that retention and holds obey. */
export interface TenantRetention {
  readonly policy: RetentionPolicy
  readonly versions: readonly { readonly effectiveAt: string; readonly policy: RetentionPolicy }[]
  readonly holds: readonly HoldTerms[]
}

export interface RetentionPolicy {
  readonly categories: { readonly [C in CategoryId]?: { readonly retention: CategoryRetention } }
}

export interface CategoryRetention {
  readonly period: Period | null
  readonly byChannel: { readonly [C in Channel]?: Period | undefined }
  /** `MM-DD`: the period counts from the end of the year that ends so. */
  readonly yearEnd?: string | null
}

export interface HoldTerms {
  readonly category: CategoryId
  readonly law: string
  readonly owner: string
  readonly until: string | null
}

/** What decides, at one moment, which rows are past their limit. */
export interface RetentionTerms {
  readonly asOf: Date
  readonly retention: { readonly [C in CategoryId]?: CategoryRetention }
  readonly held: ReadonlySet<CategoryId>
}

/** The terms of a tenant at `asOf`; of a draft instead of what is published, where one is given. */
export function termsAt(rules: TenantRetention, asOf: Date, draft?: RetentionPolicy): RetentionTerms {
  const version = rules.versions.findLast(({ effectiveAt }) => new Date(effectiveAt) <= asOf)
  const { categories } = draft ?? version?.policy ?? rules.policy
  const retention = Object.fromEntries(
    Object.entries(categories).map(([id, { retention: own }]) => [id, own] as const),
  )
  return { asOf, retention, held: new Set(holdsAt(rules, asOf).map(({ category }) => category)) }
}

/** The holds that last at `asOf`. */
export function holdsAt({ holds }: { holds: readonly HoldTerms[] }, asOf: Date): HoldTerms[] {
  return holds.filter(({ until }) => until === null || new Date(until) > asOf)
}

/** Equal for tenants of equal terms: their rows are looked for together. */
export function termsKey({ retention, held }: RetentionTerms, used: ReadonlySet<CategoryId>): string {
  return JSON.stringify([...used].toSorted().map((id) => [id, retention[id] ?? null, held.has(id)]))
}
