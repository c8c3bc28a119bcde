import type { Transaction } from 'kysely'
import type { Database } from './tables.ts'

/** Queues an erasure for the saga, with its sealed subject, as part of the transaction that decides it. */
export async function insertErasure(
  trx: Transaction<Database>,
  erasure: { requestId: string; tenantId: string; sealedSubject: Buffer; now: Date },
): Promise<void> {
  const { requestId: request_id, tenantId: tenant_id, sealedSubject, now } = erasure
  await trx
    .insertInto('erasures')
    .values({ request_id, tenant_id, sealed_subject: sealedSubject, round: 1 })
    .execute()
  await trx
    .insertInto('saga_queue')
    .values({ request_id, tenant_id, due_at: now, attempts: 0, lease: null, leased_until: null })
    .execute()
}

export async function findErasure(
  trx: Transaction<Database>,
  requestId: string,
): Promise<{ sealedSubject: Buffer; round: number } | undefined> {
  return trx
    .selectFrom('erasures')
    .select(['sealed_subject as sealedSubject', 'round'])
    .where('request_id', '=', requestId)
    .executeTakeFirst()
}

export async function setSealedSubject(
  trx: Transaction<Database>,
  requestId: string,
  sealedSubject: Buffer,
): Promise<void> {
  await trx
    .updateTable('erasures')
    .set({ sealed_subject: sealedSubject })
    .where('request_id', '=', requestId)
    .execute()
}

export async function setRound(trx: Transaction<Database>, requestId: string, round: number): Promise<void> {
  await trx.updateTable('erasures').set({ round }).where('request_id', '=', requestId).execute()
}

export async function deleteErasure(trx: Transaction<Database>, requestId: string): Promise<void> {
  await trx.deleteFrom('erasures').where('request_id', '=', requestId).execute()
  await trx.deleteFrom('saga_queue').where('request_id', '=', requestId).execute()
}
