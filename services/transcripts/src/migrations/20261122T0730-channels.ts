import type { NamedMigration } from '@candor/runtime/migrate'
import { sql } from 'kysely'

/** By which channel each conversation came: what is archived is kept as long as its channel is. */
export const channels: NamedMigration = {
  name: '20261122T0730-channels',
  up: async (db) => {
    await sql`alter table transcripts add column channel text not null default 'chat'`.execute(db)
    await sql`
      create index transcripts_by_channel on transcripts (tenant_id, channel, closed_at desc, conversation_id desc)`.execute(
      db,
    )
  },
}
