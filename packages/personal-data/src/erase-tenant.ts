import type { ErasureReport, TenantErasure } from '@candor/contracts/data-holder'
import type { Policy } from '@candor/contracts/policy/policy'
import type { LegalHold } from '@candor/contracts/policy/tenant-rules'
import { bury } from '@candor/events/tombstones'
import type { EventTables } from '@candor/events/tables'
import { asTenant, seeHidden } from '@candor/runtime/tenancy'
import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { DataMap } from './data-map.ts'
import { sumErased } from './report-erasure.ts'
import { heldTables, isTenants, stays, tenantRemains, tenantTables } from './tenant-remains.ts'

/**
 * Deletes what is held of a business that closed its account, in batches for about `forMs`: who is killed in between
 * goes on where it stands. The counts of all turns stand in one report.
 */
export async function eraseTenant(db: Kysely<any>, map: DataMap, erasure: Erasure): Promise<TenantErasure> {
  const { tenantId, requestId, now, holds, policy } = erasure
  const endsAt = performance.now() + erasure.forMs
  const held = heldTables(map, holds)
  await asTenant(db, tenantId, (trx) => bury(trx, { tenantId, subjectIds: [tenantId], requestId, now }))
  for (const table of await childrenFirst(db, tenantTables(map))) {
    if (held.has(table)) continue
    for (;;) {
      const rows = await asTenant(db, tenantId, async (trx) => {
        await seeHidden(trx)
        const count = await deleteBatch(trx, map, table, erasure)
        if (count > 0)
          await addToReport(trx, erasure, { erased: [{ table, action: 'deleted', rows: count }] })
        return count
      })
      if (rows < batchRows || map.tables[table]!.forgottenBy) break
      if (performance.now() > endsAt) return { isDone: false, erased: [], kept: [] }
    }
  }
  return asTenant(db, tenantId, async (trx) => {
    await seeHidden(trx)
    const remains = await tenantRemains(trx, map, { tenantId, holds, now, policy })
    const { kept } = remains
    const isHeld = remains.held.length > 0
    const report = await addToReport(trx, erasure, { kept, ...(isHeld ? remains : {}), isDone: true })
    return { isDone: true, ...report }
  })
}

interface Erasure {
  tenantId: string
  requestId: string
  now: Date
  holds: readonly LegalHold[]
  policy: Policy
  forMs: number
}

const batchRows = 5_000

async function deleteBatch(
  trx: Transaction<any>,
  map: DataMap,
  table: string,
  { tenantId, now, policy }: Erasure,
): Promise<number> {
  const { forgottenBy } = map.tables[table]!
  if (forgottenBy) {
    const { rows } = await sql<{ count: number }>`
      select ${sql.ref(forgottenBy)}(${table}::regclass, ${tenantId}) as count`.execute(trx)
    return Number(rows[0]!.count)
  }
  // A row's place is its own only within one partition.
  const { numAffectedRows } = await sql`
    delete from ${sql.table(table)} where (tableoid, ctid) in (
      select tableoid, ctid from ${sql.table(table)}
      where ${isTenants(map, table, tenantId)} and not ${stays(map, table, policy, now)} limit ${batchRows})`.execute(
    trx,
  )
  return Number(numAffectedRows ?? 0)
}

/** Until all is done the report says that something is held back: a copy made meanwhile counts as not erased. */
async function addToReport(
  trx: Transaction<EventTables>,
  { requestId, tenantId, now }: Erasure,
  added: Partial<ErasureReport> & { isDone?: boolean },
): Promise<ErasureReport> {
  const stored = await trx
    .selectFrom('erasure_reports')
    .select('report')
    .where('request_id', '=', requestId)
    .forUpdate()
    .executeTakeFirst()
  const before = stored?.report as ErasureReport | undefined
  const erased = sumErased([...(before?.erased ?? []), ...(added.erased ?? [])])
  const held = added.held ?? (added.isDone ? undefined : [])
  const report: ErasureReport = { erased, kept: added.kept ?? [], ...(held ? { held } : {}) }
  const row = { report: JSON.stringify(report), erased_at: now }
  await trx
    .insertInto('erasure_reports')
    .values({ request_id: requestId, tenant_id: tenantId, ...row })
    .onConflict((conflict) => conflict.column('request_id').doUpdateSet(row))
    .execute()
  return report
}

/** Tables that refer to others before those they refer to, as the database has it. */
async function childrenFirst(db: Kysely<any>, tables: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ child: string; parent: string }>`
    select c.relname as child, p.relname as parent
    from pg_constraint f join pg_class c on c.oid = f.conrelid join pg_class p on p.oid = f.confrelid
    where f.contype = 'f'`.execute(db)
  const ordered = new Set<string>()
  const visit = (table: string) => {
    if (ordered.has(table) || !tables.includes(table)) return
    for (const { child, parent } of rows) if (parent === table && child !== table) visit(child)
    ordered.add(table)
  }
  tables.forEach(visit)
  return [...ordered]
}
