import type { Evidence } from '@candor/contracts/privacy/evidence'
import { asTenant, statePurpose } from '@candor/runtime/tenancy'
import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from './tables.ts'

export async function insertEvidence(
  trx: Transaction<Database>,
  evidence: {
    id: string
    tenantId: string
    name: string | null
    email: string
    usedAt: Date
    expiresAt: Date
  },
): Promise<void> {
  const { id, tenantId, name, email, usedAt, expiresAt } = evidence
  await trx
    .insertInto('evidence_log')
    .values({ id, tenant_id: tenantId, name, email, used_at: usedAt, expires_at: expiresAt })
    .execute()
  await trx
    .insertInto('evidence_deadlines')
    .values({ evidence_id: id, tenant_id: tenantId, at: expiresAt })
    .execute()
}

export async function listEvidence(
  trx: Transaction<Database>,
  where: { tenantId: string; email: string; now: Date },
): Promise<Evidence[]> {
  await statePurpose(trx, 'keep-evidence')
  const rows = await trx
    .selectFrom('evidence_log')
    .selectAll()
    .where('tenant_id', '=', where.tenantId)
    .where(sql<string>`lower(email)`, '=', where.email.toLowerCase())
    .where('expires_at', '>', where.now)
    .orderBy('used_at', 'desc')
    .limit(1_000)
    .execute()
  return rows.map(({ name, email, used_at, expires_at }) => ({
    name,
    email,
    usedAt: used_at.toISOString(),
    expiresAt: expires_at.toISOString(),
  }))
}

/** Answers how many went. */
export async function deleteExpiredEvidence(db: Kysely<Database>, now: Date): Promise<number> {
  const due = await db
    .selectFrom('evidence_deadlines')
    .select(['evidence_id as id', 'tenant_id as tenantId'])
    .where('at', '<=', now)
    .orderBy('at')
    .limit(batchSize)
    .execute()
  for (const [tenantId, some] of Map.groupBy(due, (one) => one.tenantId)) {
    const ids = some.map(({ id }) => id)
    await asTenant(db, tenantId, async (trx) => {
      await statePurpose(trx, 'keep-evidence')
      await trx.deleteFrom('evidence_log').where('tenant_id', '=', tenantId).where('id', 'in', ids).execute()
      await trx.deleteFrom('evidence_deadlines').where('evidence_id', 'in', ids).execute()
    })
  }
  return due.length
}

const batchSize = 500
