import type { CategoryId } from '@candor/contracts/policy/categories'
import type { RetentionDraft } from '@candor/contracts/data-holder'
import type { Retention } from '@candor/contracts/policy/policy'
import type { LegalHold } from '@candor/contracts/policy/tenant-rules'
import { rulesInForce } from '@candor/policy/in-force'
import type { RulesInForce } from '@candor/policy/in-force'

/** Where the engine learns how long a tenant keeps what. */
export interface RetentionRules {
  of(tenantId: string): Promise<RulesInForce>
}

/** What decides, at one moment, which rows are past their limit. */
export interface RetentionTerms {
  readonly asOf: Date
  readonly retention: { readonly [C in CategoryId]?: Life }
  readonly held: ReadonlySet<CategoryId>
}

/** How long something lives, from when that counts, and what becomes of it then. */
export type Life = Retention

/** The terms of a tenant at `asOf`; of a draft instead of what is published, where one is given. */
export function termsAt(rules: RulesInForce, asOf: Date, draft: RetentionDraft = {}): RetentionTerms {
  const { policy } = rulesInForce(
    rules.tenantId,
    { ...rules, holds: [...rules.holds], versions: [...rules.versions] },
    asOf,
  )
  const retention = Object.fromEntries(
    Object.entries(policy.categories).map(([id, rule]) => [id, draft[id as CategoryId] ?? rule.retention]),
  )
  return { asOf, retention, held: new Set(holdsAt(rules, asOf).map(({ category }) => category)) }
}

/** The holds that last at `asOf`. */
export function holdsAt({ holds }: Pick<RulesInForce, 'holds'>, asOf: Date): LegalHold[] {
  return holds.filter(({ until }) => until === null || new Date(until) > asOf)
}

/** Equal for tenants of equal terms: their rows are looked for together. */
export function termsKey({ retention, held }: RetentionTerms, used: ReadonlySet<CategoryId>): string {
  return JSON.stringify([...used].toSorted().map((id) => [id, retention[id] ?? null, held.has(id)]))
}
