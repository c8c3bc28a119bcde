import type { AcceptedAgreement } from '@candor/contracts/privacy/registers'
import type { Transaction } from 'kysely'
import type { Database } from './tables.ts'

export interface Acceptance {
  agreement: AcceptedAgreement['agreement']
  version: string
  acceptedAt: Date
  acceptedBy: string
}

/** Answers false where that version was accepted before. */
export async function insertAcceptance(
  trx: Transaction<Database>,
  tenantId: string,
  { agreement, version, acceptedAt, acceptedBy }: Acceptance,
): Promise<boolean> {
  const row = { tenant_id: tenantId, agreement, version, accepted_at: acceptedAt, accepted_by: acceptedBy }
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('agreements')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows) === 1
}

export async function listAcceptances(trx: Transaction<Database>): Promise<Acceptance[]> {
  const query = trx.selectFrom('agreements').selectAll().orderBy('agreement').orderBy('accepted_at', 'desc')
  return (await query.execute()).map((row) => ({
    agreement: row.agreement,
    version: row.version,
    acceptedAt: row.accepted_at,
    acceptedBy: row.accepted_by,
  }))
}
