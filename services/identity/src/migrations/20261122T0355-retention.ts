import { letSweep } from '@candor/personal-data/sweep-access'
import type { NamedMigration } from '@candor/runtime/migrate'
import { sql } from 'kysely'

/** What the sweep looks for by its clock. It also takes sessions that used to go at sign-in. */
export const retention: NamedMigration = {
  name: '20261122T0355-retention',
  up: async (db) => {
    await sql`create index sessions_used on sessions (tenant_id, used_at)`.execute(db)
    await sql`drop index sessions_expired`.execute(db)
    await letSweep(db, 'sessions', 'invitations')
  },
}
