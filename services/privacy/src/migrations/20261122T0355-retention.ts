import { letSweep } from '@candor/personal-data/sweep-access'
import type { NamedMigration } from '@candor/runtime/migrate'
import { sql } from 'kysely'

/** What the sweep looks for by its clock. */
export const retention: NamedMigration = {
  name: '20261122T0355-retention',
  up: async (db) => {
    await sql`create index requests_ended on requests (tenant_id, ended_at)`.execute(db)
    await letSweep(db, 'requests')
  },
}
