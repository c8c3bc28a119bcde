import { letSweep } from '@candor/personal-data/sweep-access'
import type { NamedMigration } from '@candor/runtime/migrate'
import { protectTenantTable } from '@candor/runtime/protect'
import { sql } from 'kysely'

export const registers: NamedMigration = {
  name: '20261122T0610-registers',
  up: async (db) => {
    await sql`
      create table cases (
        id uuid not null,
        tenant_id uuid not null,
        reference text not null,
        topic text not null,
        state text not null check (state in ('open', 'answered', 'closed')),
        name text,
        email text,
        message text not null,
        answer text,
        opened_at timestamptz not null,
        answered_at timestamptz,
        closed_at timestamptz,
        primary key (tenant_id, id),
        unique (tenant_id, reference))`.execute(db)
    await sql`create index cases_recent on cases (tenant_id, opened_at desc)`.execute(db)

    await sql`
      create table disclosures (
        id uuid not null,
        tenant_id uuid not null,
        state text not null check (state in ('requested', 'approved', 'refused', 'exported')),
        authority text not null,
        reference text not null,
        ground text not null,
        sealed_email bytea not null,
        address_hash bytea not null,
        categories jsonb not null,
        silence jsonb,
        requested_by uuid not null,
        requested_at timestamptz not null,
        decided_by uuid,
        decided_at timestamptz,
        exported_by uuid,
        exported_at timestamptz,
        primary key (tenant_id, id))`.execute(db)
    await sql`create index disclosures_recent on disclosures (tenant_id, requested_at desc)`.execute(db)
    await sql`create index disclosures_address on disclosures (tenant_id, address_hash)`.execute(db)

    await sql`
      create table breaches (
        id uuid not null,
        tenant_id uuid not null,
        noticed_at timestamptz not null,
        what text not null,
        categories jsonb not null,
        people int,
        risk text not null check (risk in ('unlikely', 'risk', 'high-risk')),
        measures text not null,
        authority_notified_at timestamptz,
        people_notified_at timestamptz,
        closed_at timestamptz,
        primary key (tenant_id, id))`.execute(db)
    await sql`create index breaches_recent on breaches (tenant_id, noticed_at desc)`.execute(db)
    await sql`
      create table breach_deadlines (
        breach_id uuid primary key,
        tenant_id uuid not null,
        at timestamptz not null)`.execute(db)

    await sql`
      create table agreements (
        tenant_id uuid not null,
        agreement text not null,
        version text not null,
        accepted_at timestamptz not null,
        accepted_by uuid not null,
        primary key (tenant_id, agreement, version))`.execute(db)

    await sql`
      create table acknowledgements (
        tenant_id uuid not null,
        user_id uuid not null,
        version text not null,
        acknowledged_at timestamptz not null,
        primary key (tenant_id, user_id, version, acknowledged_at))`.execute(db)

    for (const table of ['cases', 'disclosures', 'breaches', 'agreements', 'acknowledgements'])
      await protectTenantTable(db, table)
    await letSweep(db, 'cases', 'disclosures', 'breaches')
  },
}
