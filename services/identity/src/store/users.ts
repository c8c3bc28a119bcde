import type { Role } from '@candor/contracts/callers'
import type { StaffUser } from '@candor/contracts/identity/schemas'
import type { Selectable, Transaction } from 'kysely'
import type { Database } from './tables.ts'

/** An account as sign-in needs it, found before the tenant is known. Ended accounts are not found. */
export async function findCredentials(
  trx: Transaction<Database>,
  email: string,
): Promise<Credentials | undefined> {
  const row = await trx
    .selectFrom('users')
    .select(['id', 'tenant_id', 'password_hash'])
    .where('email', '=', email)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return row && { userId: row.id, tenantId: row.tenant_id, passwordHash: row.password_hash }
}

export async function findUser(trx: Transaction<Database>, where: UserKey): Promise<StaffUser | undefined> {
  const row = await selectUsers(trx, where.tenantId).where('id', '=', where.userId).executeTakeFirst()
  return row && toStaffUser(row)
}

/** Oldest account first. */
export async function listUsers(trx: Transaction<Database>, tenantId: string): Promise<StaffUser[]> {
  return (await selectUsers(trx, tenantId).execute()).map(toStaffUser)
}

/** The same, locked: while a role changes, nobody else's can. */
export async function lockUsers(trx: Transaction<Database>, tenantId: string): Promise<StaffUser[]> {
  return (await selectUsers(trx, tenantId).forNoKeyUpdate().execute()).map(toStaffUser)
}

/** Names also of those whose account has ended: what they wrote is still there. */
export async function listNames(
  trx: Transaction<Database>,
  where: { tenantId: string; userIds: string[] },
): Promise<{ userId: string; name: string }[]> {
  if (where.userIds.length === 0) return []
  return trx
    .selectFrom('users')
    .select(['id as userId', 'name'])
    .where('tenant_id', '=', where.tenantId)
    .where('id', 'in', where.userIds)
    .execute()
}

export async function insertUser(
  trx: Transaction<Database>,
  user: Credentials & { email: string; name: string; role: Role; createdAt: Date },
): Promise<StaffUser> {
  const { userId, tenantId, passwordHash, email, name, role, createdAt } = user
  const row = await trx
    .insertInto('users')
    .values({
      id: userId,
      tenant_id: tenantId,
      email,
      name,
      role,
      password_hash: passwordHash,
      created_at: createdAt,
    })
    .returning(staffColumns)
    .executeTakeFirstOrThrow()
  return toStaffUser(row)
}

export async function updateUser(
  trx: Transaction<Database>,
  where: UserKey,
  change: { name?: string; email?: string; role?: Role },
): Promise<StaffUser | undefined> {
  const row = await trx
    .updateTable('users')
    .set(change)
    .where('tenant_id', '=', where.tenantId)
    .where('id', '=', where.userId)
    .where('ended_at', 'is', null)
    .returning(staffColumns)
    .executeTakeFirst()
  return row && toStaffUser(row)
}

/** Closes an account to its holder; its name stays for what it wrote. */
export async function endUser(trx: Transaction<Database>, where: UserKey, endedAt: Date): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('users')
    .set({ ended_at: endedAt })
    .where('tenant_id', '=', where.tenantId)
    .where('id', '=', where.userId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return Number(numUpdatedRows) === 1
}

/** Opens a closed account again, unless nothing of its holder is left in it. */
export async function reopenUser(trx: Transaction<Database>, where: UserKey): Promise<StaffUser | undefined> {
  const row = await trx
    .updateTable('users')
    .set({ ended_at: null })
    .where('tenant_id', '=', where.tenantId)
    .where('id', '=', where.userId)
    .where('ended_at', 'is not', null)
    .where('password_hash', '!=', '')
    .returning(staffColumns)
    .executeTakeFirst()
  return row && toStaffUser(row)
}

/** Leaves of an ended account its id, which what it wrote refers to. Answers false where nothing was left to take. */
export async function emptyUser(trx: Transaction<Database>, where: UserKey, name: string): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('users')
    .set({ name, email: `${where.userId}@removed.invalid`, password_hash: '' })
    .where('tenant_id', '=', where.tenantId)
    .where('id', '=', where.userId)
    .where('ended_at', 'is not', null)
    .where('password_hash', '!=', '')
    .executeTakeFirst()
  return Number(numUpdatedRows) === 1
}

/** Leaves a password alone that was changed since its hash was read. */
export async function replacePasswordHash(
  trx: Transaction<Database>,
  from: Credentials,
  to: string,
): Promise<void> {
  await trx
    .updateTable('users')
    .set({ password_hash: to })
    .where('tenant_id', '=', from.tenantId)
    .where('id', '=', from.userId)
    .where('password_hash', '=', from.passwordHash)
    .execute()
}

const staffColumns = ['id', 'name', 'email', 'role', 'created_at'] as const

function selectUsers(trx: Transaction<Database>, tenantId: string) {
  return trx
    .selectFrom('users')
    .select(staffColumns)
    .where('tenant_id', '=', tenantId)
    .where('ended_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
}

function toStaffUser({
  created_at,
  ...user
}: Pick<Selectable<Database['users']>, (typeof staffColumns)[number]>): StaffUser {
  return { ...user, createdAt: created_at.toISOString() }
}

export interface Credentials extends UserKey {
  passwordHash: string
}

interface UserKey {
  tenantId: string
  userId: string
}
