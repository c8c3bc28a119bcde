import { letSweep } from '@candor/personal-data/sweep-access'
import type { NamedMigration } from '@candor/runtime/migrate'
import { sql } from 'kysely'

/** Who has seen which notice is kept as long as other records of compliance. */
export const acknowledgementsExpire: NamedMigration = {
  name: '20261122T0357-acknowledgements-expire',
  up: async (db) => {
    await sql`
      create index notice_acknowledgements_age on notice_acknowledgements (tenant_id, acknowledged_at)`.execute(
      db,
    )
    await letSweep(db, 'notice_acknowledgements')
  },
}
