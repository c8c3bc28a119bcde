import type { Transaction } from 'kysely'
import { reopenSteps } from './request-steps.ts'
import type { Database, Plan } from './tables.ts'

/**
 * Queues work for the saga, with its sealed subject, as part of the transaction that decides it. What was under way
 * for the request gives way to it, and steps that an earlier plan did are to be done anew.
 */
export async function insertWork(
  trx: Transaction<Database>,
  work: { requestId: string; tenantId: string; plan: Plan; sealedSubject: Buffer; rank: number; now: Date },
): Promise<void> {
  const { requestId: request_id, tenantId: tenant_id, plan, sealedSubject: sealed_subject, rank, now } = work
  await trx
    .insertInto('erasures')
    .values({ request_id, tenant_id, sealed_subject, round: 1, plan })
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'request_id']).doUpdateSet({ sealed_subject, round: 1, plan }),
    )
    .execute()
  await reopenSteps(trx, request_id)
  const fresh = { due_at: now, attempts: 0, rank, lease: null, leased_until: null }
  await trx
    .insertInto('saga_queue')
    .values({ request_id, tenant_id, ...fresh })
    .onConflict((conflict) => conflict.column('request_id').doUpdateSet(fresh))
    .execute()
}

export async function findErasure(
  trx: Transaction<Database>,
  requestId: string,
): Promise<{ sealedSubject: Buffer; round: number; plan: Plan } | undefined> {
  return trx
    .selectFrom('erasures')
    .select(['sealed_subject as sealedSubject', 'round', 'plan'])
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
