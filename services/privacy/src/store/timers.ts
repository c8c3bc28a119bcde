import type { Kysely, Transaction } from 'kysely'
import type { Database } from './tables.ts'

export interface Timer {
  requestId: string
  tenantId: string
  /** `act`: do what was asked, for nobody has decided. `lift`: end the restriction, as was announced. */
  what: 'act' | 'lift'
  at: Date
}

/** Sets when a request goes on by itself, in place of the time before. */
export async function setTimer(trx: Transaction<Database>, timer: Timer): Promise<void> {
  const { requestId, tenantId, what, at } = timer
  await trx
    .insertInto('request_timers')
    .values({ request_id: requestId, tenant_id: tenantId, what, at })
    .onConflict((conflict) => conflict.column('request_id').doUpdateSet({ what, at }))
    .execute()
}

export async function hasTimer(
  trx: Transaction<Database>,
  requestId: string,
  what: Timer['what'],
): Promise<boolean> {
  const row = await trx
    .selectFrom('request_timers')
    .select('request_id')
    .where('request_id', '=', requestId)
    .where('what', '=', what)
    .executeTakeFirst()
  return row !== undefined
}

export async function deleteTimer(trx: Transaction<Database>, requestId: string): Promise<void> {
  await trx.deleteFrom('request_timers').where('request_id', '=', requestId).execute()
}

/** Timers, of whatever tenant, whose time has come. */
export async function listDueTimers(db: Kysely<Database>, now: Date): Promise<Timer[]> {
  return db
    .selectFrom('request_timers')
    .select(['request_id as requestId', 'tenant_id as tenantId', 'what', 'at'])
    .where('at', '<=', now)
    .orderBy('at')
    .limit(100)
    .execute()
}
