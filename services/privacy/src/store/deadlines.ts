import type { Kysely, Transaction } from 'kysely'
import type { Database } from './tables.ts'

export interface Deadline {
  requestId: string
  tenantId: string
  what: 'prove' | 'serve'
  at: Date
}

/** Sets the next deadline of a request in place of the one before. */
export async function setDeadline(
  trx: Transaction<Database>,
  { requestId, tenantId, what, at }: Deadline,
): Promise<void> {
  await trx
    .insertInto('request_deadlines')
    .values({ request_id: requestId, tenant_id: tenantId, what, at })
    .onConflict((conflict) => conflict.column('request_id').doUpdateSet({ what, at }))
    .execute()
}

export async function deleteDeadline(
  trx: Transaction<Database>,
  requestId: string,
  what: Deadline['what'],
): Promise<void> {
  await trx
    .deleteFrom('request_deadlines')
    .where('request_id', '=', requestId)
    .where('what', '=', what)
    .execute()
}

/** Requests, of whatever tenant, whose proof has not come in time. */
export async function listUnproven(
  db: Kysely<Database>,
  now: Date,
): Promise<{ requestId: string; tenantId: string }[]> {
  return db
    .selectFrom('request_deadlines')
    .select(['request_id as requestId', 'tenant_id as tenantId'])
    .where('what', '=', 'prove')
    .where('at', '<=', now)
    .orderBy('at')
    .limit(100)
    .execute()
}

export async function countOverdue(db: Kysely<Database>, now: Date): Promise<number> {
  const { count } = await db
    .selectFrom('request_deadlines')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('what', '=', 'serve')
    .where('at', '<', now)
    .executeTakeFirstOrThrow()
  return count
}

export async function findFirstDeadline(db: Kysely<Database>): Promise<Date | undefined> {
  const first = await db
    .selectFrom('request_deadlines')
    .select('at')
    .where('what', '=', 'serve')
    .orderBy('at')
    .limit(1)
    .executeTakeFirst()
  return first?.at
}
