import type { NamedMigration } from '@candor/runtime/migrate'
import { sql } from 'kysely'

/** The root key of a service, once for each sealing key that opens it. */
export const rootKeys: NamedMigration = {
  name: '20261122T1915-root-keys',
  up: async (db) => {
    await sql`
      create table root_keys (
        key_id text primary key,
        sealed bytea not null,
        created_at timestamptz not null)`.execute(db)
  },
}
