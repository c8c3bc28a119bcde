import type { CategoryId } from '@candor/contracts/policy/categories'
import type { Expiring, RetentionDraft } from '@candor/contracts/data-holder'
import { asTenant } from '@candor/runtime/tenancy'
import { sql } from 'kysely'
import type { Kysely, RawBuilder, Transaction } from 'kysely'
import type { DataMap } from './data-map.ts'
import {
  categoriesOf,
  clockedCategories,
  clockedTables,
  dependentsOf,
  emptiedColumns,
  followersOf,
  recordOf,
} from './expiry-plan.ts'
import { clockOf, goes, isFilled, isToEmpty } from './past-limit.ts'
import { termsAt } from './retention-rules.ts'
import type { RetentionRules, RetentionTerms } from './retention-rules.ts'
import { seeErased } from './sweep-access.ts'
import { servesAllTenants } from './sweep-work.ts'

/**
 * What a sweep at `asOf` would take of what is held now, under the rules of that time or a draft, by category and
 * table. It counts by the sweep's own conditions and changes nothing.
 */
export async function countExpiring(
  db: Kysely<any>,
  map: DataMap,
  rules: RetentionRules,
  wanted: { tenantId: string; asOf: Date; draft?: RetentionDraft | undefined },
): Promise<Expiring[]> {
  const terms = termsAt(await rules.of(wanted.tenantId), wanted.asOf, wanted.draft)
  return asTenant(db, wanted.tenantId, async (trx) => {
    await seeErased(trx)
    const counts: Expiring[] = []
    for (const table of clockedTables(map).filter((name) => !servesAllTenants(map, name)))
      counts.push(...(await countTable(trx, map, table, wanted.tenantId, terms)))
    return sumUp(counts)
  })
}

async function countTable(
  trx: Transaction<any>,
  map: DataMap,
  table: string,
  tenantId: string,
  terms: RetentionTerms,
): Promise<Expiring[]> {
  const { tenant = 'tenant_id' } = map.tables[table]!
  const mine = (condition: RawBuilder<boolean>) =>
    sql<boolean>`${sql.ref(`${table}.${tenant}`)} = ${tenantId} and ${condition}`
  const counts: Expiring[] = []
  const going = goes(map, table, terms)
  if (going) {
    const record = recordOf(map.tables[table]!) ?? 'technical'
    counts.push(...(await countWith(trx, map, table, mine(going), { record, clock: clockOf(map, table) })))
  }
  for (const category of clockedCategories(map, table)) {
    const emptying = isToEmpty(map, table, category, terms)
    if (!emptying) continue
    const clock = clockOf(map, table)
    counts.push(...(await countWith(trx, map, table, mine(emptying), { record: category, clock, category })))
  }
  return counts
}

/** The rows of a table and of all that goes with it. */
async function countWith(
  trx: Transaction<any>,
  map: DataMap,
  table: string,
  condition: RawBuilder<boolean>,
  as: { record: string; clock: RawBuilder<Date | null> | undefined; category?: CategoryId },
): Promise<Expiring[]> {
  const counts: Expiring[] = []
  const declared = map.tables[table]!
  const isTold = as.category
    ? emptiedColumns(declared, as.category).length > 0
    : as.clock || categoriesOf(declared).length > 0
  if (isTold) {
    const only = as.category ? sql`and ${isFilled(map, table, as.category)}` : sql``
    const { rows } = await sql<{ rows: number; oldest: Date | null }>`
      select count(*) as rows, ${as.clock ? sql`min(${as.clock})` : sql`null::timestamptz`} as oldest
      from ${sql.table(table)} where ${condition} ${only}`.execute(trx)
    if (rows[0]!.rows > 0)
      counts.push({
        category: as.record,
        table,
        rows: rows[0]!.rows,
        oldest: rows[0]!.oldest?.toISOString() ?? null,
      })
  }
  for (const follower of as.category ? dependentsOf(map, table) : followersOf(map, table)) {
    const [mine, theirs] = [declared.tenant ?? 'tenant_id', map.tables[follower.table]!.tenant ?? 'tenant_id']
    const below = sql<boolean>`(${sql.ref(`${follower.table}.${theirs}`)}, ${sql.ref(`${follower.table}.${follower.column}`)}) in (
      select ${sql.ref(`${table}.${mine}`)}, ${sql.ref(`${table}.${follower.key}`)} from ${sql.table(table)} where ${condition})`
    counts.push(...(await countWith(trx, map, follower.table, below, { ...as, clock: undefined })))
  }
  return counts
}

function sumUp(counts: Expiring[]): Expiring[] {
  const groups = Map.groupBy(counts, ({ category, table }) => `${category} ${table}`)
  return [...groups.values()].map((group) => ({
    ...group[0]!,
    rows: group.reduce((sum, { rows }) => sum + rows, 0),
    oldest: group.map(({ oldest }) => oldest).reduce((a, b) => (a && b ? (a < b ? a : b) : (a ?? b))),
  }))
}
