import { asTenant } from '@candor/runtime/tenancy'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { DataMap } from './data-map.ts'
import { recordOf } from './expiry-plan.ts'
import { clockOf, goes, isToEmpty, lifeOf, limitOf, soughtBy } from './past-limit.ts'
import type { RetentionRules } from './retention-rules.ts'
import { seeErased } from './sweep-access.ts'
import type { SweepWork } from './sweep-batch.ts'
import { listWork } from './sweep-work.ts'

/**
 * How many seconds the oldest record of each category is over its limit, 0 where none is. It looks at the rows
 * themselves, whatever a sweep believes to have done: the first of each tenant by the index of its clock.
 */
export async function oldestPastLimit(
  db: Kysely<any>,
  map: DataMap,
  rules: RetentionRules,
  asOf: Date,
): Promise<Map<string, number>> {
  const oldest = new Map<string, number>()
  for await (const work of listWork(db, map, rules, asOf)) {
    const category = work.category ?? recordOf(map.tables[work.table]!) ?? 'technical'
    const over = await secondsOver(db, map, work)
    oldest.set(category, Math.max(oldest.get(category) ?? 0, over))
  }
  return oldest
}

async function secondsOver(db: Kysely<any>, map: DataMap, work: SweepWork): Promise<number> {
  const { table, category, terms, tenantIds } = work
  const { tenant = 'tenant_id' } = map.tables[table]!
  const condition = category ? isToEmpty(map, table, category, terms) : goes(map, table, terms)
  const life = category ? terms.retention[category] : lifeOf(map.tables[table]!, terms)
  if (!condition || !life) return 0
  const first = sql`
    select ${limitOf(map, table, life)} as over from ${sql.table(table)}
    where ${condition} ${tenantIds ? sql`and ${sql.ref(`${table}.${tenant}`)} = of.tenant` : sql``}
    order by ${soughtBy(map, table)}, ${clockOf(map, table)} limit 1`
  return asTenant(db, tenantIds ?? [], async (trx) => {
    await seeErased(trx)
    const { rows } = await sql<{ since: Date | null }>`
      select min(over) as since from unnest(${tenantIds ?? [null]}::uuid[]) as of (tenant), lateral (${first}) found`.execute(
      trx,
    )
    const since = rows[0]!.since
    return since ? Math.max(0, (terms.asOf.getTime() - since.getTime()) / 1_000) : 0
  })
}
