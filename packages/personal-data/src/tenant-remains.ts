import type { Held, Kept } from '@candor/contracts/data-holder'
import type { CategoryId } from '@candor/contracts/policy/categories'
import type { Policy } from '@candor/contracts/policy/policy'
import type { LegalHold } from '@candor/contracts/policy/tenant-rules'
import { lawOf } from '@candor/policy/laws'
import { sql } from 'kysely'
import type { RawBuilder, Transaction } from 'kysely'
import type { DataMap, End, TableMap } from './data-map.ts'
import { categoriesOf, recordOf } from './expiry-plan.ts'
import { holdsByCategory, pinnedTables } from './held-rows.ts'
import { limitOf } from './past-limit.ts'

/** What stays here when the business closes its account at `now`: what a law keeps, and what is on hold. */
export async function tenantRemains(
  trx: Transaction<any>,
  map: DataMap,
  {
    tenantId,
    holds,
    now,
    policy,
  }: { tenantId: string; holds: readonly LegalHold[]; now: Date; policy: Policy },
): Promise<{ kept: Kept[]; held: Held[] }> {
  const kept: Kept[] = []
  const held: Held[] = []
  const byCategory = holdsByCategory(holds)
  for (const table of tenantTables(map)) {
    const declared = map.tables[table]!
    const found = categoriesOf(declared).flatMap((category) => byCategory.get(category) ?? [])
    if (found.length > 0) {
      const rows = await countRows(trx, map, table, tenantId)
      if (rows > 0)
        held.push(
          ...found.map(({ category, law, owner, until }) => ({ table, category, rows, law, owner, until })),
        )
    }
    const stay = stayOf(declared)
    // What a technical table keeps is no record of anybody: it says that something is gone.
    if (!stay || categoriesOf(declared).length === 0) continue
    const end = stay.until ? endOf(map, table, policy, stay.until) : sql`null::timestamptz`
    const { rows } = await sql<{ rows: number; until: Date | null }>`
      select count(*) as rows, max(${end}) as until from ${sql.table(table)}
      where ${isTenants(map, table, tenantId)} and ${stays(map, table, policy, now)}`.execute(trx)
    const [one] = rows
    const law = stay.until === 'by-law' ? lawOf(stay.category as CategoryId, policy) : undefined
    if (one!.rows > 0)
      kept.push({
        table,
        category: stay.category,
        rows: one!.rows,
        reason: law ? `${stay.reason}: ${law}` : stay.reason,
        until: one!.until?.toISOString() ?? null,
      })
  }
  return { kept, held }
}

/** Tables with rows of single businesses. */
export function tenantTables(map: DataMap): string[] {
  return Object.entries(map.tables)
    .filter(([, { tenant = 'tenant_id', columns }]) => tenant !== null && tenant in columns)
    .map(([name]) => name)
}

export function isTenants(map: DataMap, table: string, tenantId: string): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(map.tables[table]!.tenant ?? 'tenant_id')} = ${tenantId}`
}

/** SQL condition for the rows of a table that outlive their business at `now`. */
export function stays(map: DataMap, table: string, policy: Policy, now: Date): RawBuilder<boolean> {
  const stay = stayOf(map.tables[table]!)
  if (!stay) return sql<boolean>`false`
  return stay.until
    ? sql<boolean>`coalesce(${endOf(map, table, policy, stay.until)} > ${now}, false)`
    : sql<boolean>`true`
}

/** Tables of which nothing goes for now: something in them is on hold, or is found through them and is. */
export function heldTables(map: DataMap, holds: readonly LegalHold[]): Set<string> {
  return pinnedTables(map, holdsByCategory(holds))
}

function stayOf(
  declared: TableMap,
): { reason: string; until: End | undefined; category: string } | undefined {
  const { outlives } = declared
  if (outlives)
    return { ...outlives, until: outlives.until, category: categoriesOf(declared)[0] ?? 'technical' }
  for (const column of Object.values(declared.columns)) {
    if (!column.personal || typeof column.onErasure !== 'object' || !column.onErasure.until) continue
    return { reason: column.onErasure.keep, until: column.onErasure.until, category: column.category }
  }
  return undefined
}

function endOf(map: DataMap, table: string, policy: Policy, end: End): RawBuilder<unknown> {
  if (end === 'by-law') {
    const record = recordOf(map.tables[table]!)
    return limitOf(map, table, policy.categories[record as CategoryId].retention)
  }
  if ('at' in end) return sql<Date>`${sql.ref(end.at)}`
  return sql<Date>`((date_trunc('year', ${sql.ref(end.from)} at time zone 'UTC') + make_interval(years => ${end.years + 1})) at time zone 'UTC')`
}

async function countRows(
  trx: Transaction<any>,
  map: DataMap,
  table: string,
  tenantId: string,
): Promise<number> {
  const { rows } = await sql<{ rows: number }>`
    select count(*) as rows from ${sql.table(table)} where ${isTenants(map, table, tenantId)}`.execute(trx)
  return rows[0]!.rows
}
