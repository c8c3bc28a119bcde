import type { NamedMigration } from '@candor/runtime/migrate'
import { sql } from 'kysely'

/** How far this database has followed the ledger of erasures. A restored copy brings its own place back with it. */
export const ledgerPosition: NamedMigration = {
  name: '20261122T0810-ledger-position',
  up: async (db) => {
    await sql`
      create table ledger_position (
        the_only boolean primary key default true check (the_only),
        stream_created text not null,
        last_seq bigint not null)`.execute(db)
  },
}
