import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { EventTables } from './tables.ts'

/**
 * Hash of a visitor's or user's id as a tombstone keeps it. The id is random (RFC 9562 version 7), so it cannot be
 * found from its hash, and what is written later under the same id is recognised.
 */
export function subjectHash(subjectId: string): Buffer {
  return createHash('sha256')
    .update(Buffer.from(subjectId.replaceAll('-', ''), 'hex'))
    .digest()
}

/**
 * Whether the person was erased here: nothing about them may be written again. Until this transaction ends a burial
 * waits, so that nothing is written behind its back.
 */
export async function isBuried(trx: Transaction<any>, subjectId: string): Promise<boolean> {
  return (await findBuried(trx, [subjectId])).has(subjectId)
}

/** Which of the people were erased here; burials of all of them wait until this transaction ends. */
export async function findBuried(trx: Transaction<any>, subjectIds: readonly string[]): Promise<Set<string>> {
  // In the order in which a burial takes them, or the two could wait for each other.
  const ids = [...new Set(subjectIds)].toSorted()
  const hashes = ids.map(subjectHash)
  await sql`
    select pg_advisory_xact_lock_shared(lock) from unnest(${hashes.map(lockOfHash)}::bigint[]) as lock`.execute(
    trx,
  )
  const { rows } = await sql<{ hash: Buffer }>`
    select subject_hash as hash from tombstones where subject_hash = any(${hashes}::bytea[])`.execute(trx)
  const buried = new Set(rows.map(({ hash }) => hash.toString('hex')))
  return new Set(ids.filter((_, place) => buried.has(hashes[place]!.toString('hex'))))
}

/** Hides what is held about the ids and refuses later writes about them, as of this transaction's commit. */
export async function bury(
  trx: Transaction<any>,
  burial: { tenantId: string; subjectIds: readonly string[]; requestId: string; now: Date },
): Promise<number> {
  if (burial.subjectIds.length === 0) return 0
  for (const id of burial.subjectIds.toSorted())
    await sql`select pg_advisory_xact_lock(${lockOf(id)})`.execute(trx)
  const rows = burial.subjectIds.map((id) => ({
    tenant_id: burial.tenantId,
    subject_hash: subjectHash(id),
    request_id: burial.requestId,
    buried_at: burial.now,
  }))
  const { numInsertedOrUpdatedRows } = await (trx as Transaction<EventTables>)
    .insertInto('tombstones')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows)
}

/** The advisory lock of a person: what is written about them and what stops that come one after the other. */
export function lockOf(subjectId: string): string {
  return lockOfHash(subjectHash(subjectId))
}

function lockOfHash(hash: Buffer): string {
  return String(hash.readBigInt64BE())
}
