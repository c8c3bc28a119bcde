import type { NamedMigration } from '@candor/runtime/migrate'
import { protectTenantTable } from '@candor/runtime/protect'
import { sql } from 'kysely'

/**
 * Figures that outlive what they count. None of them holds an id or a moment; how chats went is gathered without a day
 * until enough of them are together, and only then counted under one.
 */
export const statistics: NamedMigration = {
  name: '20261122T0720-statistics',
  up: async (db) => {
    await sql`
      create table chat_days (
        tenant_id uuid not null,
        day date not null,
        chats int not null,
        primary key (tenant_id, day))`.execute(db)
    await sql`
      create table chat_counts (
        tenant_id uuid not null,
        day date not null,
        measure text not null,
        part text not null,
        chats int not null,
        primary key (tenant_id, day, measure, part))`.execute(db)
    await sql`
      create table chat_counts_gathering (
        tenant_id uuid not null,
        measure text not null,
        part text not null,
        chats int not null,
        primary key (tenant_id, measure, part))`.execute(db)
    for (const table of ['chat_days', 'chat_counts', 'chat_counts_gathering'])
      await protectTenantTable(db, table)
    // That it was rated, so that it is counted once; not how.
    await sql`alter table transcripts add column is_rated boolean not null default false`.execute(db)
  },
}
