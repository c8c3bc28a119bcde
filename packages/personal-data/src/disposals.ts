import type { DayOfDisposals } from '@candor/contracts/disposals'
import type { CategoryId } from '@candor/contracts/policy/categories'
import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { DataMap } from './data-map.ts'
import { clockedCategories } from './expiry-plan.ts'
import type { SweepWork } from './sweep-batch.ts'

/**
 * Adds what a batch took, in records by tenant, to what went that day, in the transaction that takes it: neither is
 * there without the other. The machinery's own rows belong to no category and are not told of.
 */
export async function countDisposals(
  trx: Transaction<any>,
  map: DataMap,
  { table, category, terms, versions }: Pick<SweepWork, 'table' | 'category' | 'terms' | 'versions'>,
  records: ReadonlyMap<string, number>,
): Promise<void> {
  const categories = category ? [category] : categoriesTold(map, table)
  const rows = [...records].toSorted().flatMap(([tenantId, count]) =>
    categories.toSorted().map((id) => ({
      tenant_id: tenantId,
      day: terms.asOf.toISOString().slice(0, 10),
      table_name: table,
      category: id,
      disposition: terms.retention[id]?.disposition ?? 'delete',
      policy_version: versions.get(tenantId) ?? 1,
      records: count,
      over_by: terms.asOf,
    })),
  )
  if (rows.length === 0) return
  await trx
    .insertInto('disposals')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['tenant_id', 'day', 'table_name', 'category', 'disposition', 'policy_version'])
        .doUpdateSet({
          records: sql`disposals.records + excluded.records`,
          over_by: sql`greatest(disposals.over_by, excluded.over_by)`,
        }),
    )
    .execute()
}

function categoriesTold(map: DataMap, table: string): CategoryId[] {
  const { after, figures } = map.tables[table]!
  if (after) return []
  return figures ? [figures.of] : clockedCategories(map, table)
}

/** Takes what went on the days before `today` away, to be told. */
export async function takeDisposals(
  trx: Transaction<any>,
  tenantId: string,
  today: string,
): Promise<DayOfDisposals[]> {
  const { rows } = await sql<DayOfDisposals['disposals'][number] & { day: string; overBy: Date }>`
    delete from disposals where tenant_id = ${tenantId} and day < ${today}::date
    returning day::text as day, table_name as table, category, disposition, records,
      policy_version as "policyVersion", over_by as "overBy"`.execute(trx)
  const days = Map.groupBy(rows, ({ day }) => day)
  return [...days].toSorted().map(([day, some]) => ({
    day,
    disposals: some.map(({ table, category, disposition, records, policyVersion, overBy }) => ({
      table,
      category,
      disposition,
      records,
      policyVersion,
      overBy: overBy.toISOString(),
    })),
  }))
}
