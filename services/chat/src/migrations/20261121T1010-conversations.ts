import type { NamedMigration } from '@candor/runtime/migrate'
import { protectTenantTable } from '@candor/runtime/protect'
import { sql } from 'kysely'

/**
 * Messages are partitioned by retention class and by the month their conversation started, read from the
 * conversation's version 7 id: all messages of a conversation lie in one partition, so a lookup by conversation needs
 * no date, the unique constraints hold for the whole conversation, and what expires together is dropped together.
 */
export const conversations: NamedMigration = {
  name: '20261121T1010-conversations',
  up: async (db) => {
    await sql`
      create table staff (
        tenant_id uuid not null,
        user_id uuid not null,
        name text not null,
        primary key (tenant_id, user_id))`.execute(db)
    await protectTenantTable(db, 'staff')

    await sql`
      create table contacts (
        id uuid not null,
        tenant_id uuid not null,
        visitor_id uuid not null,
        name text,
        email text,
        phone text,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        primary key (tenant_id, id),
        unique (tenant_id, visitor_id))`.execute(db)
    await sql`create index contacts_email on contacts (tenant_id, lower(email))`.execute(db)
    await protectTenantTable(db, 'contacts', { hiddenBy: 'visitor_id' })

    await sql`
      create table conversations (
        id uuid not null,
        tenant_id uuid not null,
        visitor_id uuid not null,
        contact_id uuid not null,
        retention_class text not null,
        status text not null check (status in ('waiting', 'open', 'closed')),
        assignee_id uuid,
        page text,
        start_key uuid,
        last_seq int not null default 0,
        last_text text,
        visitor_delivered int not null default 0,
        visitor_read int not null default 0,
        staff_delivered int not null default 0,
        staff_read int not null default 0,
        started_at timestamptz not null,
        updated_at timestamptz not null,
        closed_at timestamptz,
        primary key (tenant_id, id),
        unique (tenant_id, visitor_id, start_key),
        foreign key (tenant_id, contact_id) references contacts (tenant_id, id) on delete cascade)`.execute(
      db,
    )
    await sql`create index conversations_recent on conversations (tenant_id, updated_at desc, id desc)`.execute(
      db,
    )
    await sql`create index conversations_status on conversations (tenant_id, status, updated_at desc, id desc)`.execute(
      db,
    )
    await sql`create index conversations_contact on conversations (tenant_id, contact_id)`.execute(db)
    await protectTenantTable(db, 'conversations', { hiddenBy: 'visitor_id' })

    await sql`
      create table messages (
        id uuid not null,
        tenant_id uuid not null,
        conversation_id uuid not null,
        retention_class text not null,
        seq int not null,
        author_kind text not null check (author_kind in ('visitor', 'staff', 'system')),
        author_id uuid,
        text text not null,
        notice text,
        client_message_id uuid not null,
        created_at timestamptz not null,
        primary key (tenant_id, conversation_id, seq, retention_class),
        unique (tenant_id, conversation_id, client_message_id, retention_class)
      ) partition by list (retention_class)`.execute(db)
    await protectTenantTable(db, 'messages')
    await sql`create table messages_chat partition of messages for values in ('chat') partition by range (conversation_id)`.execute(
      db,
    )
    await sql`create table messages_chat_rest partition of messages_chat default`.execute(db)
    for (const partition of ['messages_chat', 'messages_chat_rest']) {
      await sql`alter table ${sql.table(partition)} enable row level security`.execute(db)
      await sql`alter table ${sql.table(partition)} force row level security`.execute(db)
    }
    await createPartitionFunction(db)
    await sql`select create_message_partition('chat', date '2026-11-01' + make_interval(months => n)) from generate_series(0, 2) n`.execute(
      db,
    )
  },
}

/**
 * Partitions come into being with the first conversation of their month. The function runs as its owner because the
 * app role may not change the schema; it does this one thing.
 */
async function createPartitionFunction(db: Parameters<NamedMigration['up']>[0]): Promise<void> {
  await sql`
    create function uuid_of_time(at timestamptz) returns uuid language sql immutable as
    $$ select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid $$`.execute(
    db,
  )
  await sql`
    create function create_message_partition(class text, month timestamp) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      starts timestamp := date_trunc('month', month);
      name text := format('messages_%s_%s', class, to_char(starts, 'YYYYMM'));
    begin
      perform pg_advisory_xact_lock(7002);
      if to_regclass(name) is not null then return; end if;
      execute format('create table %I partition of %I for values from (%L) to (%L)', name, 'messages_' || class,
        uuid_of_time(starts at time zone 'UTC'), uuid_of_time((starts + interval '1 month') at time zone 'UTC'));
      execute format('alter table %I enable row level security', name);
      execute format('alter table %I force row level security', name);
    end $$`.execute(db)
}
