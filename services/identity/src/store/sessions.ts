import type { Role } from '@candor/contracts/callers'
import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import { endTokens } from './ended-sessions.ts'
import type { Database } from './tables.ts'

export async function insertSession(
  trx: Transaction<Database>,
  session: { id: string; holder: SessionHolder; createdAt: Date; expiresAt: Date },
): Promise<void> {
  const { id, holder, createdAt, expiresAt } = session
  await trx
    .insertInto('sessions')
    .values({
      id,
      tenant_id: holder.tenantId,
      user_id: holder.kind === 'staff' ? holder.userId : null,
      visitor_id: holder.kind === 'visitor' ? holder.visitorId : null,
      created_at: createdAt,
      used_at: createdAt,
      expires_at: expiresAt,
    })
    .execute()
}

/** The holder of a session that still lives at `now`, locked: two who renew it come one after the other. */
export async function lockSession(
  trx: Transaction<Database>,
  where: SessionKey & { now: Date },
): Promise<SessionHolder | undefined> {
  const row = await trx
    .selectFrom('sessions')
    .select(['user_id', 'visitor_id'])
    .where('tenant_id', '=', where.tenantId)
    .where('id', '=', where.sessionId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', where.now)
    .forUpdate()
    .executeTakeFirst()
  if (!row) return undefined
  const { tenantId } = where
  return row.user_id === null
    ? { kind: 'visitor', tenantId, visitorId: row.visitor_id! }
    : { kind: 'staff', tenantId, userId: row.user_id }
}

export async function markSessionUsed(
  trx: Transaction<Database>,
  where: SessionKey,
  now: Date,
): Promise<void> {
  await update(trx, where).set({ used_at: now }).execute()
}

/** Ends a session for good; its refresh tokens renew nothing any more. */
export async function revokeSession(trx: Transaction<Database>, where: SessionKey, now: Date): Promise<void> {
  await update(trx, where).set({ revoked_at: now }).where('revoked_at', 'is', null).execute()
  await endTokens(trx, { sessionIds: [where.sessionId], role: null, now })
}

/** Ends all sessions of people. */
export async function revokeSessionsOf(
  trx: Transaction<Database>,
  of: { tenantId: string; userIds: readonly string[]; visitorIds: readonly string[] },
  now: Date,
): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    update sessions set revoked_at = ${now} where tenant_id = ${of.tenantId} and revoked_at is null
      and (user_id = any (${of.userIds}::uuid[]) or visitor_id = any (${of.visitorIds}::uuid[]))
    returning id`.execute(trx)
  await endTokens(trx, { sessionIds: rows.map(({ id }) => id), role: null, now })
}

/** The tokens of a person's sessions have to name this role; a renewal gives them one that does. */
export async function renewRole(
  trx: Transaction<Database>,
  { tenantId, userId, role, now }: { tenantId: string; userId: string; role: Role; now: Date },
): Promise<void> {
  const rows = await trx
    .selectFrom('sessions')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .execute()
  await endTokens(trx, { sessionIds: rows.map(({ id }) => id), role, now })
}

/** All of them, of a business that closes its account; every service shuts its tokens out by that. */
export async function revokeSessions(trx: Transaction<Database>, tenantId: string, now: Date): Promise<void> {
  await sql`
    update sessions set revoked_at = ${now} where tenant_id = ${tenantId} and revoked_at is null`.execute(trx)
}

function update(trx: Transaction<Database>, where: SessionKey) {
  return trx.updateTable('sessions').where('tenant_id', '=', where.tenantId).where('id', '=', where.sessionId)
}

/** Whose a session is. A member of staff's role is not part of it: it is read anew each time. */
export type SessionHolder =
  | { kind: 'staff'; tenantId: string; userId: string }
  | { kind: 'visitor'; tenantId: string; visitorId: string }

interface SessionKey {
  tenantId: string
  sessionId: string
}
