import type { NamedMigration } from '@candor/runtime/migrate'
import { sql } from 'kysely'

export const briefedStaff: NamedMigration = {
  name: '20261122T0605-briefed-staff',
  up: async (db) => {
    await sql`alter table users add column briefed_at timestamptz`.execute(db)
  },
}
