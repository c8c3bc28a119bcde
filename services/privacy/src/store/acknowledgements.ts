import type { Transaction } from 'kysely'
import type { Database } from './tables.ts'

export async function insertAcknowledgement(
  trx: Transaction<Database>,
  acknowledged: { tenantId: string; userId: string; version: string; now: Date },
): Promise<void> {
  const { tenantId, userId, version, now } = acknowledged
  await trx
    .insertInto('acknowledgements')
    .values({ tenant_id: tenantId, user_id: userId, version, acknowledged_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** When each last acknowledged a version. */
export async function listLastAcknowledgements(
  trx: Transaction<Database>,
  version: string,
): Promise<Map<string, Date>> {
  const rows = await trx
    .selectFrom('acknowledgements')
    .select(({ fn }) => ['user_id', fn.max<Date>('acknowledged_at').as('at')])
    .where('version', '=', version)
    .groupBy('user_id')
    .execute()
  return new Map(rows.map(({ user_id, at }) => [user_id, at]))
}
