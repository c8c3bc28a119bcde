import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from './tables.ts'

export interface Claim {
  requestId: string
  tenantId: string
  lease: string
  attempts: number
}

/** Takes what is due and nobody else drives, each under a lease that must be kept up. */
export async function claimDue(
  db: Kysely<Database>,
  options: { now: Date; leasedUntil: Date; count: number; lease: string },
): Promise<Claim[]> {
  const { now, leasedUntil, count, lease } = options
  // Materialized: looked up for each row anew, the limit would hold for none.
  const { rows } = await sql<Claim>`
    with due as materialized (
      select request_id from saga_queue
      where due_at <= ${now} and (lease is null or leased_until <= ${now})
      order by rank, due_at limit ${count} for update skip locked)
    update saga_queue set lease = ${lease}, leased_until = ${leasedUntil}, attempts = attempts + 1
    where request_id in (select request_id from due)
    returning request_id as "requestId", tenant_id as "tenantId", lease, attempts`.execute(db)
  return rows
}

/** Answers false where somebody else has taken over. */
export async function extendLease(db: Kysely<Database>, claim: Claim, leasedUntil: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('saga_queue')
    .set({ leased_until: leasedUntil })
    .where('request_id', '=', claim.requestId)
    .where('lease', '=', claim.lease)
    .executeTakeFirst()
  return Number(numUpdatedRows) === 1
}

/** Holds the claim until this transaction ends; false where somebody else has taken over. */
export async function lockClaim(
  trx: Transaction<Database>,
  claim: Claim,
  leasedUntil: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('saga_queue')
    .set({ leased_until: leasedUntil })
    .where('request_id', '=', claim.requestId)
    .where('lease', '=', claim.lease)
    .executeTakeFirst()
  return Number(numUpdatedRows) === 1
}

/** Gives a claim back, to be taken again at `dueAt`. `attempts` counts those since it last got a step further. */
export async function releaseClaim(
  db: Kysely<Database>,
  claim: Claim,
  { dueAt, attempts }: { dueAt: Date; attempts: number },
): Promise<void> {
  await db
    .updateTable('saga_queue')
    .set({ lease: null, leased_until: null, due_at: dueAt, attempts })
    .where('request_id', '=', claim.requestId)
    .where('lease', '=', claim.lease)
    .execute()
}

/** Lets a tenant's erasures be taken at once: what they waited for may have ended. */
export async function hasten(db: Kysely<Database>, tenantId: string, now: Date): Promise<void> {
  await db
    .updateTable('saga_queue')
    .set({ due_at: now, attempts: 0 })
    .where('tenant_id', '=', tenantId)
    .where('lease', 'is', null)
    .where('due_at', '>', now)
    .execute()
}

/** Whether somebody has an erasure of the tenant in hand. */
export async function hasDriven(db: Kysely<Database>, tenantId: string, now: Date): Promise<boolean> {
  const driven = db
    .selectFrom('saga_queue')
    .select('request_id')
    .where('tenant_id', '=', tenantId)
    .where('leased_until', '>', now)
  return (await driven.executeTakeFirst()) !== undefined
}

export async function countWaiting(db: Kysely<Database>): Promise<number> {
  const query = db.selectFrom('saga_queue').select(({ fn }) => fn.countAll<number>().as('count'))
  return (await query.executeTakeFirstOrThrow()).count
}

/** Since when the work has been due that nobody has in hand. */
export async function findFirstDue(db: Kysely<Database>, now: Date): Promise<Date | undefined> {
  const first = await db
    .selectFrom('saga_queue')
    .select('due_at as dueAt')
    .where('due_at', '<=', now)
    .where(({ eb, or }) => or([eb('leased_until', 'is', null), eb('leased_until', '<=', now)]))
    .orderBy('due_at')
    .limit(1)
    .executeTakeFirst()
  return first?.dueAt
}
