import type { Transaction } from 'kysely'
import type { Database } from './tables.ts'

export async function insertDisposalReceipt(
  trx: Transaction<Database>,
  { id, tenantId, jws }: { id: string; tenantId: string; jws: string },
): Promise<void> {
  await trx.insertInto('disposal_receipts').values({ id, tenant_id: tenantId, jws }).execute()
}

/** Newest first. */
export async function listDisposalReceipts(
  trx: Transaction<Database>,
  where: { tenantId: string; before: string | undefined; limit: number },
): Promise<string[]> {
  const rows = await trx
    .selectFrom('disposal_receipts')
    .select('jws')
    .where('tenant_id', '=', where.tenantId)
    .$if(where.before !== undefined, (query) => query.where('id', '<', where.before!))
    .orderBy('id', 'desc')
    .limit(where.limit)
    .execute()
  return rows.map(({ jws }) => jws)
}
