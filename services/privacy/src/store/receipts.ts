import type { Transaction } from 'kysely'
import type { Database } from './tables.ts'

export async function insertReceipt(
  trx: Transaction<Database>,
  receipt: { requestId: string; tenantId: string; jws: string; issuedAt: Date },
): Promise<void> {
  const { requestId, tenantId, jws, issuedAt } = receipt
  await trx
    .insertInto('receipts')
    .values({ request_id: requestId, tenant_id: tenantId, jws, issued_at: issuedAt })
    .execute()
}

export async function findReceipt(
  trx: Transaction<Database>,
  requestId: string,
): Promise<string | undefined> {
  const row = await trx
    .selectFrom('receipts')
    .select('jws')
    .where('request_id', '=', requestId)
    .executeTakeFirst()
  return row?.jws
}
