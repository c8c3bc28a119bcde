import { asLookup } from '@candor/runtime/tenancy'
import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from './tables.ts'

export interface Proof {
  tenantId: string
  hash: Buffer
  expiresAt: Date
  usedAt: Date | null
  failures: number
  failedAt: Date | null
}

export async function insertProof(
  trx: Transaction<Database>,
  proof: { requestId: string; tenantId: string; hash: Buffer; expiresAt: Date },
): Promise<void> {
  const row = {
    request_id: proof.requestId,
    tenant_id: proof.tenantId,
    proof_hash: proof.hash,
    expires_at: proof.expiresAt,
    used_at: null,
    failures: 0,
    failed_at: null,
  }
  await trx.insertInto('proofs').values(row).execute()
}

/** Found by its request alone: who proves an address is not yet known to belong to any tenant. */
export async function findProof(db: Kysely<Database>, requestId: string): Promise<Proof | undefined> {
  const row = await asLookup(db, requestId, (trx) =>
    trx.selectFrom('proofs').selectAll().where('request_id', '=', requestId).executeTakeFirst(),
  )
  return (
    row && {
      tenantId: row.tenant_id,
      hash: row.proof_hash,
      expiresAt: row.expires_at,
      usedAt: row.used_at,
      failures: row.failures,
      failedAt: row.failed_at,
    }
  )
}

/** Counts a wrong proof; failures from before `since` are forgotten. */
export async function countFailure(
  trx: Transaction<Database>,
  requestId: string,
  since: Date,
  now: Date,
): Promise<void> {
  const failures = sql<number>`case when failed_at > ${since} then failures + 1 else 1 end`
  await trx
    .updateTable('proofs')
    .set({ failures, failed_at: now })
    .where('request_id', '=', requestId)
    .execute()
}

/** Uses a proof up. Answers false where it was used before or is too late. */
export async function consumeProof(
  trx: Transaction<Database>,
  requestId: string,
  now: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('proofs')
    .set({ used_at: now })
    .where('request_id', '=', requestId)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return Number(numUpdatedRows) === 1
}
