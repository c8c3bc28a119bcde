import type { CategoryId } from '@candor/contracts/policy/categories'
import { sql } from 'kysely'
import type { RawBuilder, Transaction } from 'kysely'
import type { DataMap, TableLink } from './data-map.ts'
import { dependentsOf, emptiedColumns, followersOf } from './expiry-plan.ts'
import { countDisposals } from './disposals.ts'
import { clockOf, emptyValue, goes, isChild, isFilled, isToEmpty } from './past-limit.ts'
import type { RetentionTerms } from './retention-rules.ts'

/**
 * Takes up to `limit` rows of `table` that are past their limit, with all that goes with them, as one transaction does:
 * all or nothing. Rows that somebody else holds (a message is being written, another sweep is at them) wait for
 * another time. Answers how many rows were touched, by table; none when nothing is left to do.
 */
export async function sweepBatch(
  trx: Transaction<any>,
  map: DataMap,
  work: SweepWork,
  limit: number,
): Promise<Touched> {
  const { table, category, tenantIds, terms } = work
  const condition = category ? isToEmpty(map, table, category, terms) : goes(map, table, terms)
  if (!condition) return new Map()
  const { tenant = 'tenant_id' } = map.tables[table]!
  const { rows } = await sql<{ ctid: string; tenantId: string | null }>`
    select ctid::text, ${tenantIds ? sql.ref(tenant!) : sql`null`} as "tenantId" from ${sql.table(table)}
    where ${tenantIds ? sql`${sql.ref(`${table}.${tenant}`)} = any(${tenantIds}::uuid[])` : sql`true`}
      and ${condition} and ${category ? sql`true` : isLeft(map, table)}
    limit ${limit} for update of ${sql.table(table)} skip locked`.execute(trx)
  const touched: Touched = new Map()
  if (rows.length === 0) return touched
  const found = sql<boolean>`ctid = any(${rows.map((row) => row.ctid)}::tid[])`
  if (category) await emptyRows(trx, map, table, category, found, touched)
  else {
    await passOnClocks(trx, map, work, found)
    await deleteRows(trx, map, table, found, touched)
  }
  if (tenantIds) await countDisposals(trx, map, work, countBy(rows.map((row) => row.tenantId!)))
  return touched
}

/**
 * What a row keeps counts from its end: before the row goes, what stays behind takes its clock over, or it would go
 * before its time.
 */
export async function passOnClocks(
  trx: Transaction<any>,
  map: DataMap,
  { table, terms }: Pick<SweepWork, 'table' | 'terms'>,
  found: RawBuilder<boolean>,
): Promise<void> {
  for (const [parent, { keptBy, clock, tenant = 'tenant_id' }] of Object.entries(map.tables)) {
    if (keptBy?.table !== table) continue
    const [own, kept] = [sql.ref(`${parent}.${[clock!].flat()[0]}`), sql.table(parent)]
    await sql`
      update ${kept} set ${sql.ref([clock!].flat()[0]!)} = passed.clock
      from (
        select ${sql.ref(map.tables[table]!.tenant ?? 'tenant_id')} as tenant, ${sql.ref(keptBy.column)} as parent,
          max(${clockOf(map, table)}) as clock
        from ${sql.table(table)} where ${found} group by 1, 2) as passed
      where ${sql.ref(`${parent}.${tenant}`)} = passed.tenant and ${sql.ref(`${parent}.${keptBy.key}`)} = passed.parent
        and ${own} < passed.clock and (${goes(map, parent, terms) ?? sql`false`}) is not true`.execute(trx)
  }
}

/** One thing to do: delete rows of a table, or empty their columns of a category, for tenants of equal terms. */
export interface SweepWork {
  table: string
  /** undefined: whole rows go. */
  category: CategoryId | undefined
  /** undefined: for all tenants at once. */
  tenantIds: readonly string[] | undefined
  terms: RetentionTerms
  /** Which version of its notice each tenant obeys. */
  versions: ReadonlyMap<string, number>
}

/** Rows by table. */
export type Touched = Map<string, number>

/** What kept a row has been swept before it; while a remainder waits for the next sweep the row waits with it. */
function isLeft(map: DataMap, table: string): RawBuilder<boolean> {
  const { keptBy } = map.tables[table]!
  if (!keptBy) return sql<boolean>`true`
  return sql<boolean>`not exists (select from ${sql.table(keptBy.table)} where ${isChild(map, table, keptBy)})`
}

async function deleteRows(
  trx: Transaction<any>,
  map: DataMap,
  table: string,
  found: RawBuilder<boolean>,
  touched: Touched,
): Promise<void> {
  for (const follower of followersOf(map, table)) {
    const theirs = await linkedRows(trx, map, table, follower, found)
    if (theirs) await deleteRows(trx, map, follower.table, theirs, touched)
  }
  const { numAffectedRows } = await sql`delete from ${sql.table(table)} where ${found}`.execute(trx)
  count(touched, table, numAffectedRows)
}

async function emptyRows(
  trx: Transaction<any>,
  map: DataMap,
  table: string,
  category: CategoryId,
  found: RawBuilder<boolean>,
  touched: Touched,
): Promise<void> {
  for (const follower of dependentsOf(map, table)) {
    if (!isFilled(map, follower.table, category)) continue
    const theirs = await linkedRows(trx, map, table, follower, found)
    if (theirs) await emptyRows(trx, map, follower.table, category, theirs, touched)
  }
  const columns = emptiedColumns(map.tables[table]!, category)
  if (columns.length === 0) return
  const set = columns.map(({ name, to }) => sql`${sql.ref(name)} = ${emptyValue(to)}`)
  const filled = columns.map(({ name, to }) => sql`${sql.ref(name)} is distinct from ${emptyValue(to)}`)
  const { numAffectedRows } = await sql`
    update ${sql.table(table)} set ${sql.join(set)}
    where ${found} and (${sql.join(filled, sql` or `)})`.execute(trx)
  count(touched, table, numAffectedRows)
}

/**
 * SQL condition for the rows that belong to those found. Keys are read first: with constants PostgreSQL leaves out the
 * partitions that cannot hold them before it locks any.
 */
async function linkedRows(
  trx: Transaction<any>,
  map: DataMap,
  table: string,
  link: TableLink,
  found: RawBuilder<boolean>,
): Promise<RawBuilder<boolean> | undefined> {
  const tenantOf = (name: string) => map.tables[name]!.tenant ?? 'tenant_id'
  const { rows } = await sql<{ tenant: string; key: string }>`
    select ${sql.ref(tenantOf(table))}::text as tenant, ${sql.ref(link.key)}::text as key
    from ${sql.table(table)} where ${found}`.execute(trx)
  if (rows.length === 0) return undefined
  const tenants = rows.map((row) => row.tenant)
  const keys = rows.map((row) => row.key)
  const [tenant, column] = [sql.ref(tenantOf(link.table)), sql.ref(link.column)]
  return sql<boolean>`(${tenant} = any(${[...new Set(tenants)]}::uuid[]) and ${column} = any(${keys}::uuid[])
    and (${tenant}, ${column}) in (select * from unnest(${tenants}::uuid[], ${keys}::uuid[])))`
}

/** How often each of them occurs. */
export function countBy(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

function count(touched: Touched, table: string, rows: bigint | undefined): void {
  if (rows) touched.set(table, (touched.get(table) ?? 0) + Number(rows))
}
