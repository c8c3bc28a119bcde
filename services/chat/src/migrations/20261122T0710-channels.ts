import type { NamedMigration } from '@candor/runtime/migrate'
import { sql } from 'kysely'

/** Conversations that came by other ways than the chat: messages of each lie apart, for each is kept for its own time. */
export const channels: NamedMigration = {
  name: '20261122T0710-channels',
  up: async (db) => {
    for (const channel of ['mail', 'call', 'social']) {
      const [own, rest] = [`messages_${channel}`, `messages_${channel}_rest`]
      await sql`
        create table ${sql.table(own)} partition of messages for values in (${sql.lit(channel)})
        partition by range (conversation_id)`.execute(db)
      await sql`create table ${sql.table(rest)} partition of ${sql.table(own)} default`.execute(db)
      for (const partition of [own, rest]) {
        await sql`alter table ${sql.table(partition)} enable row level security`.execute(db)
        await sql`alter table ${sql.table(partition)} force row level security`.execute(db)
      }
    }
    await sql`
      alter table conversations add constraint conversations_channel
      check (retention_class in ('chat', 'mail', 'call', 'social'))`.execute(db)
    await sql`
      create index conversations_by_channel on conversations (tenant_id, retention_class, updated_at desc, id desc)`.execute(
      db,
    )
    // One that is written down twice under one key is one.
    await sql`
      create unique index conversations_recorded on conversations (tenant_id, start_key) where retention_class <> 'chat'`.execute(
      db,
    )
    // Who made it. An address that a visitor of the chat claims is not proven, so nothing that came from that address
    // by another way is put with it unless staff decide so.
    await sql`
      alter table contacts add column origin text not null default 'visitor' check (origin in ('visitor', 'staff'))`.execute(
      db,
    )
  },
}
