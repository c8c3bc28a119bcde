import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from './tables.ts'

export async function insertAnnouncementDue(
  trx: Transaction<Database>,
  announcement: { tenantId: string; version: number; now: Date },
): Promise<void> {
  const { tenantId, version, now } = announcement
  await trx
    .insertInto('announcements_due')
    .values({ tenant_id: tenantId, version, due_at: now, attempts: 0 })
    .execute()
}

/** Takes what is due, and lets it come due again later in case its taker is killed. */
export async function claimAnnouncements(
  db: Kysely<Database>,
  now: Date,
  againAt: Date,
): Promise<{ tenantId: string; version: number; attempts: number }[]> {
  const { rows } = await sql<{ tenantId: string; version: number; attempts: number }>`
    with due as materialized (
      select tenant_id, version from announcements_due where due_at <= ${now}
      order by due_at limit 10 for update skip locked)
    update announcements_due set due_at = ${againAt}, attempts = attempts + 1
    where (tenant_id, version) in (select tenant_id, version from due)
    returning tenant_id as "tenantId", version, attempts`.execute(db)
  return rows
}

/** Answers false where it is announced already. */
export async function deleteAnnouncementDue(
  trx: Transaction<Database>,
  tenantId: string,
  version: number,
): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('announcements_due')
    .where('tenant_id', '=', tenantId)
    .where('version', '=', version)
    .executeTakeFirst()
  return Number(numDeletedRows) === 1
}
