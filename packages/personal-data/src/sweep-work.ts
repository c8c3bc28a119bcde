import { versionInForce } from '@candor/policy/in-force'
import type { Kysely } from 'kysely'
import type { DataMap } from './data-map.ts'
import { categoriesOf, clockedCategories, clockedTables, unitCategories } from './expiry-plan.ts'
import { goes, isToEmpty } from './past-limit.ts'
import { termsAt, termsKey } from './retention-rules.ts'
import type { RetentionRules, RetentionTerms } from './retention-rules.ts'
import { listTenantsOf } from './sweep-access.ts'
import type { SweepWork } from './sweep-batch.ts'

/**
 * Everything a sweep has to look for at `asOf`, table by table. Tenants of equal terms are looked for together, so that
 * ten thousand businesses of one pack cost little more than one.
 */
export async function* listWork(
  db: Kysely<any>,
  map: DataMap,
  rules: RetentionRules,
  asOf: Date,
): AsyncGenerator<SweepWork> {
  for (const table of clockedTables(map)) {
    if (servesAllTenants(map, table)) {
      yield { table, category: undefined, tenantIds: undefined, terms: noTerms(asOf), versions: new Map() }
      continue
    }
    for (const group of await groupTenants(db, map, rules, table, asOf)) {
      const { terms } = group
      if (goes(map, table, terms)) yield { table, category: undefined, ...group }
      for (const category of clockedCategories(map, table))
        if (isToEmpty(map, table, category, terms)) yield { table, category, ...group }
    }
  }
}

/** Tables of the machinery alone: rows are counted by their clock, whosever they are. */
export function servesAllTenants(map: DataMap, table: string): boolean {
  const { after, open } = map.tables[table]!
  return after !== undefined && (open !== undefined || categoriesOf(map.tables[table]!).length === 0)
}

export function noTerms(asOf: Date): RetentionTerms {
  return { asOf, retention: {}, held: new Set() }
}

/** The tenants that have rows in a table, those of equal terms together. */
export async function groupTenants(
  db: Kysely<any>,
  map: DataMap,
  rules: RetentionRules,
  table: string,
  asOf: Date,
): Promise<TenantGroup[]> {
  const { keptBy } = map.tables[table]!
  const used = new Set([...unitCategories(map, table), ...(keptBy ? unitCategories(map, keptBy.table) : [])])
  const groups: TenantGroup[] = []
  const open = new Map<string, TenantGroup>()
  for (const tenantId of await listTenantsOf(db, table)) {
    const found = await rules.of(tenantId)
    const terms = termsAt(found, asOf)
    const { version } = versionInForce(found.versions, asOf)
    const key = termsKey(terms, used)
    const group = open.get(key)
    if (group && group.tenantIds.length < tenantsAtOnceMax) {
      group.tenantIds.push(tenantId)
      group.versions.set(tenantId, version)
      continue
    }
    const next = { tenantIds: [tenantId], terms, versions: new Map([[tenantId, version]]) }
    groups.push(next)
    open.set(key, next)
  }
  return groups
}

const tenantsAtOnceMax = 500

export interface TenantGroup {
  tenantIds: string[]
  terms: RetentionTerms
  versions: Map<string, number>
}
