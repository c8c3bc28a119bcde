import { categoryIds } from '@candor/contracts/policy/categories'
import type { Policy } from '@candor/contracts/policy/policy'
import type { ExpiredCount } from '@candor/contracts/privacy/notice-schemas'
import type { Holder } from '../holders.ts'
import { previewRetention } from '../retention/preview-retention.ts'

/** Counts what the first sweep under a policy would take from a tenant, by service and category; all or an error. */
export type CountFirstNight = (wanted: {
  tenantId: string
  policy: Policy
  asOf: Date
}) => Promise<ExpiredCount[]>

export function firstNightCounter(holders: readonly Holder[]): CountFirstNight {
  return async ({ tenantId, policy, asOf }) => {
    const draft = Object.fromEntries(categoryIds.map((id) => [id, policy.categories[id].retention]))
    const counted = await previewRetention({ holders }, { tenantId, asOf: asOf.toISOString(), draft })
    const byCategory = Map.groupBy(counted, ({ service, category }) => `${service} ${category}`)
    return [...byCategory.values()].map((tables) => ({
      service: tables[0]!.service,
      category: tables[0]!.category,
      rows: tables.reduce((sum, { rows }) => sum + rows, 0),
      oldest: tables.map(({ oldest }) => oldest).toSorted()[0] ?? null,
    }))
  }
}
