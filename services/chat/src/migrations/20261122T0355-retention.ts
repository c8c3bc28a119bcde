import { letSweep } from '@candor/personal-data/sweep-access'
import type { NamedMigration } from '@candor/runtime/migrate'
import { sql } from 'kysely'

/** What the sweep looks for by its clock. */
export const retention: NamedMigration = {
  name: '20261122T0355-retention',
  up: async (db) => {
    await sql`create index conversations_ended on conversations (tenant_id, coalesce(closed_at, updated_at))`.execute(
      db,
    )
    await sql`create index contacts_updated on contacts (tenant_id, updated_at)`.execute(db)
    await letSweep(db, 'contacts', 'conversations')
  },
}
