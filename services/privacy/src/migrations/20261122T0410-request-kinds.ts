import type { NamedMigration } from '@candor/runtime/migrate'
import { protectTenantTable } from '@candor/runtime/protect'
import { sql } from 'kysely'

/** Requests of every kind, decisions and extensions, and work in the services that is no erasure. */
export const requestKinds: NamedMigration = {
  name: '20261122T0410-request-kinds',
  up: async (db) => {
    // The contract's own lists are checked at the door; repeated here they would have to change with them.
    await sql`alter table requests drop constraint requests_kind_check, drop constraint requests_state_check`.execute(
      db,
    )
    await sql`
      alter table requests
        add column source text not null default 'page',
        add column is_direct boolean not null default false,
        add column proof_how text,
        add column extended_at timestamptz,
        add column extension_reason text,
        add column decision text check (decision in ('approved', 'refused')),
        add column decided_at timestamptz,
        add column decision_reason text,
        add column in_force_since timestamptz,
        add column in_force_until timestamptz`.execute(db)
    await sql`update requests set proof_how = 'mailed-link' where proven_at is not null`.execute(db)
    await sql`
      create table request_details (
        request_id uuid not null,
        tenant_id uuid not null,
        sealed bytea not null,
        primary key (tenant_id, request_id))`.execute(db)
    await protectTenantTable(db, 'request_details')
    await sql`
      create table request_notes (
        id uuid not null,
        request_id uuid not null,
        tenant_id uuid not null,
        at timestamptz not null,
        what text not null,
        note text,
        staff_id uuid,
        primary key (tenant_id, id))`.execute(db)
    await sql`create index request_notes_request on request_notes (tenant_id, request_id)`.execute(db)
    await protectTenantTable(db, 'request_notes')
    await sql`
      create table request_timers (
        request_id uuid primary key,
        tenant_id uuid not null,
        what text not null check (what in ('act', 'lift')),
        at timestamptz not null)`.execute(db)
    await sql`create index request_timers_at on request_timers (at)`.execute(db)
    await sql`
      create table request_parts (
        parent_id uuid not null,
        tenant_id uuid not null,
        part_tenant_id uuid not null,
        part_id uuid not null,
        passed_on_at timestamptz not null,
        primary key (tenant_id, parent_id, part_tenant_id))`.execute(db)
    await protectTenantTable(db, 'request_parts')
    await sql`alter table erasures add column plan text not null default 'erase'`.execute(db)
    await sql`alter table request_steps drop constraint request_steps_step_check`.execute(db)
  },
}
