import type { NamedMigration } from '@candor/runtime/migrate'
import { sql } from 'kysely'

/** What every replica of every service asks for again and again: whose tokens to refuse before they expire. */
export const endedSessions: NamedMigration = {
  name: '20261122T1150-ended-sessions',
  up: async (db) => {
    await sql`create table ended_sessions (session_id uuid primary key, at timestamptz not null, role text)`.execute(
      db,
    )
    await sql`create index ended_sessions_at on ended_sessions (at, session_id)`.execute(db)
  },
}
