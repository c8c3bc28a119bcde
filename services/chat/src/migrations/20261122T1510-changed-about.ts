import type { NamedMigration } from '@candor/runtime/migrate'
import { sql } from 'kysely'

/**
 * Ten minutes in which a conversation last changed stand in its indexes instead of the moment: a message then changes no
 * indexed column most of the time, and PostgreSQL writes the row anew on its page and leaves all nine indexes alone.
 */
export const changedAbout: NamedMigration = {
  name: '20261122T1510-changed-about',
  up: async (db) => {
    await sql`
      alter table conversations add column changed_about timestamptz not null
        generated always as (date_bin('10 minutes', updated_at, timestamptz '2000-01-01 00:00Z')) stored`.execute(
      db,
    )
    await sql`alter table conversations set (fillfactor = 70)`.execute(db)
    await sql`drop index conversations_recent, conversations_status, conversations_by_channel, conversations_ended`.execute(
      db,
    )
    await sql`create index conversations_recent on conversations (tenant_id, changed_about)`.execute(db)
    await sql`create index conversations_status on conversations (tenant_id, status, changed_about)`.execute(
      db,
    )
    await sql`create index conversations_by_channel on conversations (tenant_id, retention_class, changed_about)`.execute(
      db,
    )
    await sql`create index conversations_ended on conversations (tenant_id, coalesce(closed_at, changed_about))`.execute(
      db,
    )
  },
}
