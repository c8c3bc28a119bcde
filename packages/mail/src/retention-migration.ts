import { letSweep } from '@candor/personal-data/sweep-access'
import type { NamedMigration } from '@candor/runtime/migrate'
import { sql } from 'kysely'

/** Letters go with what they tell of, and otherwise by their age. Listed after `sweepTables`. */
export const mailRetention: NamedMigration = {
  name: '20261122T0351-mail-retention',
  up: async (db) => {
    await sql`alter table mail_queue add column record_id uuid`.execute(db)
    await sql`create index mail_queue_record on mail_queue (tenant_id, record_id) where record_id is not null`.execute(
      db,
    )
    await sql`create index mail_queue_age on mail_queue (tenant_id, created_at)`.execute(db)
    await letSweep(db, 'mail_queue')
  },
}
