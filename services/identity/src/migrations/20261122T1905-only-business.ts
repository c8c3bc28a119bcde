import type { NamedMigration } from '@candor/runtime/migrate'
import { sql } from 'kysely'

/** True for the one business of an installation that takes no other: the constraint holds for all, whatever the asker may see. */
export const onlyBusiness: NamedMigration = {
  name: '20261122T1905-only-business',
  up: async (db) => {
    await sql`alter table tenants add column is_only boolean constraint tenants_is_only_true check (is_only)`.execute(
      db,
    )
    await sql`alter table tenants add constraint tenants_is_only unique (is_only)`.execute(db)
  },
}
