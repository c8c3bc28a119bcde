import type { Transaction } from 'kysely'
import type { Database } from './tables.ts'

export async function insertRefreshToken(
  trx: Transaction<Database>,
  token: { hash: string; tenantId: string; sessionId: string; createdAt: Date },
): Promise<void> {
  const { hash, tenantId, sessionId, createdAt } = token
  await trx
    .insertInto('refresh_tokens')
    .values({ hash, tenant_id: tenantId, session_id: sessionId, created_at: createdAt })
    .execute()
}

/** Inside `asLookup` of the same hash, or of the tenant once it is known. */
export async function findRefreshToken(
  trx: Transaction<Database>,
  hash: string,
): Promise<StoredRefreshToken | undefined> {
  const row = await trx.selectFrom('refresh_tokens').selectAll().where('hash', '=', hash).executeTakeFirst()
  return row && { hash, tenantId: row.tenant_id, sessionId: row.session_id, usedAt: row.used_at }
}

export async function markRefreshTokenUsed(
  trx: Transaction<Database>,
  hash: string,
  now: Date,
): Promise<void> {
  await trx.updateTable('refresh_tokens').set({ used_at: now }).where('hash', '=', hash).execute()
}

export interface StoredRefreshToken {
  hash: string
  tenantId: string
  sessionId: string
  usedAt: Date | null
}
