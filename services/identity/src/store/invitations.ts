import type { Invitation } from '@candor/contracts/identity/schemas'
import type { Selectable, Transaction } from 'kysely'
import type { Database } from './tables.ts'

/** One open invitation an address and business: a new one takes the place of the old, whose link dies. */
export async function replaceInvitation(
  trx: Transaction<Database>,
  invitation: Omit<OpenInvitation, 'expiresAt'> & { tokenHash: string; createdAt: Date; expiresAt: Date },
): Promise<Invitation> {
  const { id, tenantId, email, role, tokenHash, createdAt, expiresAt } = invitation
  const fresh = { id, role, token_hash: tokenHash, created_at: createdAt, expires_at: expiresAt }
  const row = await trx
    .insertInto('invitations')
    .values({ tenant_id: tenantId, email, ...fresh })
    .onConflict((conflict) => conflict.constraint('invitations_email').doUpdateSet(fresh))
    .returningAll()
    .executeTakeFirstOrThrow()
  return toInvitation(row)
}

/** Inside `asLookup` of the same hash, for whoever holds the token has no tenant yet. */
export async function findInvitation(
  trx: Transaction<Database>,
  tokenHash: string,
): Promise<OpenInvitation | undefined> {
  const row = await trx
    .selectFrom('invitations')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst()
  return row && { ...toInvitation(row), role: row.role, tenantId: row.tenant_id }
}

/** Answers false where it was used or replaced meanwhile: of two who accept at once, one does. */
export async function deleteInvitation(
  trx: Transaction<Database>,
  where: { tenantId: string; tokenHash: string },
): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('invitations')
    .where('tenant_id', '=', where.tenantId)
    .where('token_hash', '=', where.tokenHash)
    .executeTakeFirst()
  return numDeletedRows === 1n
}

export async function listInvitations(
  trx: Transaction<Database>,
  where: { tenantId: string; openAt: Date },
): Promise<Invitation[]> {
  const rows = await trx
    .selectFrom('invitations')
    .selectAll()
    .where('tenant_id', '=', where.tenantId)
    .where('expires_at', '>', where.openAt)
    .orderBy('created_at')
    .execute()
  return rows.map(toInvitation)
}

export async function deleteInvitationsExpiredBefore(
  trx: Transaction<Database>,
  where: { tenantId: string; time: Date },
): Promise<void> {
  await trx
    .deleteFrom('invitations')
    .where('tenant_id', '=', where.tenantId)
    .where('expires_at', '<', where.time)
    .execute()
}

function toInvitation({ id, email, role, expires_at }: Selectable<Database['invitations']>): Invitation {
  return { id, email, role, expiresAt: expires_at.toISOString() }
}

interface OpenInvitation extends Invitation {
  tenantId: string
  role: 'admin' | 'agent'
}
