import { createTenancyFunctions } from '@candor/runtime/protect'
import type { NamedMigration } from '@candor/runtime/migrate'
import { sql } from 'kysely'

/**
 * The migration every service lists first. The four tables hold ids and facts only and serve all tenants at once, so
 * they carry no row-level security.
 */
export const eventTables: NamedMigration = {
  name: '20261121T1000-event-tables',
  up: async (db) => {
    await createTenancyFunctions(db)
    await sql`
      create table outbox (
        id uuid primary key,
        position bigint generated always as identity,
        tenant_id uuid not null,
        type text not null,
        stream_key text not null,
        subject_id uuid,
        occurred_at timestamptz not null,
        traceparent text,
        payload jsonb not null,
        published_at timestamptz,
        stream_seq bigint)`.execute(db)
    await sql`create index outbox_unpublished on outbox (position) where published_at is null`.execute(db)
    await sql`create index outbox_published on outbox (published_at) where published_at is not null`.execute(
      db,
    )
    await sql`create index outbox_stream_seq on outbox (stream_seq) where stream_seq is not null`.execute(db)
    await sql`create index outbox_subject on outbox (subject_id) where subject_id is not null`.execute(db)
    await sql`
      create table inbox (
        event_id uuid primary key,
        tenant_id uuid not null,
        outcome text not null,
        handled_at timestamptz not null)`.execute(db)
    await sql`create index inbox_handled on inbox (handled_at)`.execute(db)
    await sql`
      create table parked_events (
        event_id uuid primary key,
        position bigint generated always as identity,
        tenant_id uuid not null,
        type text not null,
        stream_key text not null,
        subject_id uuid,
        envelope jsonb not null,
        error text not null,
        attempts int not null,
        parked_at timestamptz not null)`.execute(db)
    await sql`create index parked_events_stream on parked_events (stream_key)`.execute(db)
    await sql`
      create table tombstones (
        subject_hash bytea primary key,
        tenant_id uuid not null,
        request_id uuid not null,
        buried_at timestamptz not null)`.execute(db)
    await sql`
      create table erasure_reports (
        request_id uuid primary key,
        tenant_id uuid not null,
        report jsonb not null,
        erased_at timestamptz not null)`.execute(db)
  },
}
