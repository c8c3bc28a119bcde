import type { SecurityEntry } from '@candor/contracts/identity/schemas'
import { statePurpose } from '@candor/runtime/tenancy'
import type { Kysely } from 'kysely'
import type { Database } from './tables.ts'

export interface SecurityRecord {
  seenAt: Date
  expiresAt: Date
  what: string
  outcome: string
  address: string
  device: string | null
}

export async function insertSecurityRecords(
  db: Kysely<Database>,
  records: readonly SecurityRecord[],
): Promise<void> {
  const rows = records.map(({ seenAt, expiresAt, ...record }) => ({
    ...record,
    seen_at: seenAt,
    expires_at: expiresAt,
  }))
  await db.insertInto('security_log').values(rows).execute()
}

/** Newest first. */
export function listSecurityRecords(
  db: Kysely<Database>,
  filter: { now: Date; address?: string | undefined; before?: Date | undefined; limit: number },
): Promise<SecurityEntry[]> {
  const { now, address, before, limit } = filter
  return db.transaction().execute(async (trx) => {
    await statePurpose(trx, 'keep-secure')
    const rows = await trx
      .selectFrom('security_log')
      .select(['seen_at', 'what', 'outcome', 'address', 'device'])
      .where('expires_at', '>', now)
      .$if(address !== undefined, (query) => query.where('address', '=', address!))
      .$if(before !== undefined, (query) => query.where('seen_at', '<', before!))
      .orderBy('seen_at', 'desc')
      .limit(limit)
      .execute()
    return rows.map(({ seen_at, ...entry }) => ({ seenAt: seen_at.toISOString(), ...entry }))
  })
}

export async function deleteExpiredSecurityRecords(db: Kysely<Database>, now: Date): Promise<number> {
  return db.transaction().execute(async (trx) => {
    await statePurpose(trx, 'keep-secure')
    const { numDeletedRows } = await trx
      .deleteFrom('security_log')
      .where('expires_at', '<=', now)
      .executeTakeFirst()
    return Number(numDeletedRows)
  })
}
