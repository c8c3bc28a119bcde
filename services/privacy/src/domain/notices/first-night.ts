import type { Policy } from '@candor/contracts/policy/policy'
import type { ExpiredCount } from '@candor/contracts/privacy/notice-schemas'
import type { Deps } from '../deps.ts'
import { previewRetention } from '../retention/preview-retention.ts'

/** What the first sweep under a policy would take in every service, by category; all services or an error. */
export async function countFirstNight(
  deps: Pick<Deps, 'holders'>,
  wanted: { tenantId: string; policy: Policy; asOf: Date },
): Promise<ExpiredCount[]> {
  const draft = Object.fromEntries(
    Object.entries(wanted.policy.categories).map(([category, { retention }]) => [category, retention]),
  )
  const { tenantId, asOf } = wanted
  const expiring = await previewRetention(deps, { tenantId, asOf: asOf.toISOString(), draft })
  const groups = Map.groupBy(expiring, ({ service, category }) => `${service} ${category}`)
  return [...groups.values()].map((tables) => ({
    service: tables[0]!.service,
    category: tables[0]!.category,
    rows: tables.reduce((sum, { rows }) => sum + rows, 0),
    oldest: tables.flatMap(({ oldest }) => oldest ?? []).toSorted()[0] ?? null,
  }))
}
