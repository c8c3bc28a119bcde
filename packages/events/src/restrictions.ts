import type { Processing } from '@candor/contracts/data-holder'
import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { EventTables } from './tables.ts'
import { lockOf, subjectHash } from './tombstones.ts'

/**
 * Whether this use of what is held about the person is stopped. Until this transaction ends a restriction waits, so
 * that nothing is queued or counted behind its back.
 */
export async function isRestricted(
  trx: Transaction<any>,
  subjectId: string,
  processing: Processing,
): Promise<boolean> {
  await sql`select pg_advisory_xact_lock_shared(${lockOf(subjectId)})`.execute(trx)
  const row = await (trx as Transaction<EventTables>)
    .selectFrom('restrictions')
    .select('tenant_id')
    .where('subject_id', '=', subjectId)
    .where('processing', 'in', ['everything', processing])
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Stops the named processing about the ids, as of this transaction's commit. Answers how many ids that is new for. */
export async function restrict(
  trx: Transaction<any>,
  restriction: {
    tenantId: string
    subjectIds: readonly string[]
    processing: readonly Processing[]
    requestId: string
    now: Date
  },
): Promise<number> {
  const { tenantId, subjectIds, processing, requestId, now } = restriction
  if (subjectIds.length === 0) return 0
  for (const id of subjectIds.toSorted()) await sql`select pg_advisory_xact_lock(${lockOf(id)})`.execute(trx)
  const living = await findLiving(trx, subjectIds)
  if (living.length === 0) return 0
  const rows = living.flatMap((id) =>
    processing.map((what) => ({
      tenant_id: tenantId,
      subject_id: id,
      processing: what,
      request_id: requestId,
      since: now,
    })),
  )
  const { numInsertedOrUpdatedRows } = await (trx as Transaction<EventTables>)
    .insertInto('restrictions')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows)
}

/** An id that was erased is not written down again. */
async function findLiving(trx: Transaction<any>, subjectIds: readonly string[]): Promise<string[]> {
  const buried = await (trx as Transaction<EventTables>)
    .selectFrom('tombstones')
    .select('subject_hash')
    .where('subject_hash', 'in', subjectIds.map(subjectHash))
    .execute()
  const hashes = new Set(buried.map((row) => row.subject_hash.toString('hex')))
  return subjectIds.filter((id) => !hashes.has(subjectHash(id).toString('hex')))
}

/** Ends what one request had stopped; what others stopped stays so. */
export async function release(trx: Transaction<any>, requestId: string): Promise<number> {
  const { numDeletedRows } = await (trx as Transaction<EventTables>)
    .deleteFrom('restrictions')
    .where('request_id', '=', requestId)
    .executeTakeFirst()
  return Number(numDeletedRows)
}
