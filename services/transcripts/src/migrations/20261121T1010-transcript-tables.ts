import type { NamedMigration } from '@candor/runtime/migrate'
import { protectTenantTable } from '@candor/runtime/protect'
import { sql } from 'kysely'

export const transcriptTables: NamedMigration = {
  name: '20261121T1010-transcript-tables',
  up: async (db) => {
    await sql`
      create table transcripts (
        tenant_id uuid not null,
        conversation_id uuid not null,
        visitor_id uuid not null,
        contact_id uuid not null,
        contact_name text,
        contact_email text,
        started_at timestamptz not null,
        closed_at timestamptz not null,
        archived_at timestamptz not null,
        copies int not null,
        primary key (tenant_id, conversation_id))`.execute(db)
    await sql`create index transcripts_latest on transcripts (tenant_id, closed_at desc, conversation_id desc)`.execute(
      db,
    )
    await sql`create index transcripts_visitor on transcripts (tenant_id, visitor_id)`.execute(db)
    await sql`create index transcripts_contact on transcripts (tenant_id, contact_id)`.execute(db)
    await sql`create index transcripts_email on transcripts (tenant_id, lower(contact_email))`.execute(db)
    await protectTenantTable(db, 'transcripts', { hiddenBy: 'visitor_id' })
    // Entries are read through their transcript, which is what hides them.
    await sql`
      create table transcript_entries (
        tenant_id uuid not null,
        conversation_id uuid not null,
        seq int not null,
        author_kind text not null check (author_kind in ('visitor', 'staff', 'system')),
        author_user_id uuid,
        author_name text,
        text text not null,
        notice text check (notice in ('taken', 'closed')),
        created_at timestamptz not null,
        primary key (tenant_id, conversation_id, seq),
        foreign key (tenant_id, conversation_id) references transcripts on delete cascade)`.execute(db)
    await sql`
      create index transcript_entries_staff on transcript_entries (tenant_id, author_user_id)
      where author_user_id is not null`.execute(db)
    await protectTenantTable(db, 'transcript_entries')
  },
}
