import type { Transaction } from 'kysely'
import type { Database } from './tables.ts'

export async function insertDetails(
  trx: Transaction<Database>,
  details: { requestId: string; tenantId: string; sealed: Buffer },
): Promise<void> {
  const { requestId, tenantId, sealed } = details
  await trx
    .insertInto('request_details')
    .values({ request_id: requestId, tenant_id: tenantId, sealed })
    .execute()
}

export async function listDetails(
  trx: Transaction<Database>,
  requestIds: readonly string[],
): Promise<{ requestId: string; sealed: Buffer }[]> {
  if (requestIds.length === 0) return []
  return trx
    .selectFrom('request_details')
    .select(['request_id as requestId', 'sealed'])
    .where('request_id', 'in', requestIds)
    .execute()
}

export async function deleteDetails(trx: Transaction<Database>, requestId: string): Promise<void> {
  await trx.deleteFrom('request_details').where('request_id', '=', requestId).execute()
}
