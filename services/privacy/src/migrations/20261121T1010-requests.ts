import type { NamedMigration } from '@candor/runtime/migrate'
import { protectTenantTable } from '@candor/runtime/protect'
import { sql } from 'kysely'

/**
 * What must be found across tenants (deadlines, the queue of the saga, keys) holds ids and times only and stands
 * apart from what tells of a person, which row-level security guards.
 */
export const requests: NamedMigration = {
  name: '20261121T1010-requests',
  up: async (db) => {
    await sql`
      create table requests (
        id uuid not null,
        tenant_id uuid not null,
        person_id uuid,
        business_name text not null,
        business_slug text not null,
        kind text not null check (kind in ('access', 'erasure')),
        state text not null check (state in ('awaiting-proof', 'in-progress', 'completed', 'lapsed')),
        opened_at timestamptz not null,
        proven_at timestamptz,
        due_at timestamptz,
        ended_at timestamptz,
        primary key (tenant_id, id))`.execute(db)
    await sql`create index requests_recent on requests (tenant_id, opened_at desc)`.execute(db)
    await sql`create index requests_person on requests (tenant_id, person_id)`.execute(db)
    await protectTenantTable(db, 'requests')

    await sql`
      create table sealed_addresses (
        request_id uuid not null,
        tenant_id uuid not null,
        person_id uuid,
        sealed bytea not null,
        address_hash bytea not null,
        sealed_at timestamptz not null,
        primary key (tenant_id, request_id))`.execute(db)
    await sql`create index sealed_addresses_hash on sealed_addresses (tenant_id, address_hash)`.execute(db)
    await sql`create index sealed_addresses_person on sealed_addresses (tenant_id, person_id)`.execute(db)
    await protectTenantTable(db, 'sealed_addresses')

    await sql`
      create table proofs (
        request_id uuid primary key,
        tenant_id uuid not null,
        proof_hash bytea not null,
        expires_at timestamptz not null,
        used_at timestamptz,
        failures int not null default 0,
        failed_at timestamptz)`.execute(db)
    await protectTenantTable(db, 'proofs', { lookup: 'request_id' })

    await sql`
      create table request_deadlines (
        request_id uuid primary key,
        tenant_id uuid not null,
        what text not null check (what in ('prove', 'serve')),
        at timestamptz not null)`.execute(db)
    await sql`create index request_deadlines_at on request_deadlines (what, at)`.execute(db)

    await sql`
      create table erasures (
        request_id uuid not null,
        tenant_id uuid not null,
        sealed_subject bytea not null,
        round int not null,
        primary key (tenant_id, request_id))`.execute(db)
    await protectTenantTable(db, 'erasures')

    await sql`
      create table request_steps (
        request_id uuid not null,
        tenant_id uuid not null,
        service text not null,
        step text not null check (step in ('located', 'hidden', 'erased', 'verified')),
        done_at timestamptz,
        report jsonb not null,
        primary key (tenant_id, request_id, service, step))`.execute(db)
    await protectTenantTable(db, 'request_steps')

    await sql`
      create table saga_queue (
        request_id uuid primary key,
        tenant_id uuid not null,
        due_at timestamptz not null,
        attempts int not null,
        lease uuid,
        leased_until timestamptz)`.execute(db)
    await sql`create index saga_queue_due on saga_queue (due_at)`.execute(db)

    await sql`
      create table receipts (
        request_id uuid not null,
        tenant_id uuid not null,
        jws text not null,
        issued_at timestamptz not null,
        primary key (tenant_id, request_id))`.execute(db)
    await protectTenantTable(db, 'receipts')

    await sql`
      create table signing_keys (
        kid text primary key,
        public_key jsonb not null,
        sealed_private bytea not null,
        created_at timestamptz not null)`.execute(db)
  },
}
