import { letSweep } from '@candor/personal-data/sweep-access'
import type { NamedMigration } from '@candor/runtime/migrate'
import { sql } from 'kysely'

/** Where a notice deletes facts about conversations, figures made of them go as well, by the end of their day. */
export const figuresEnd: NamedMigration = {
  name: '20261122T0910-figures-end',
  up: async (db) => {
    for (const table of ['chat_days', 'chat_counts']) {
      await sql`
        alter table ${sql.table(table)} add column day_ends timestamptz not null
        generated always as (((day + 1)::timestamp) at time zone 'UTC') stored`.execute(db)
      await sql`create index on ${sql.table(table)} (tenant_id, day_ends)`.execute(db)
    }
    await letSweep(db, 'chat_days', 'chat_counts')
  },
}
