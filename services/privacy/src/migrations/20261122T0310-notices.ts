import type { NamedMigration } from '@candor/runtime/migrate'
import { protectTenantTable } from '@candor/runtime/protect'
import { sql } from 'kysely'

/**
 * What a business publishes and must keep. The last three tables tell the loop of privacy, across tenants, where there
 * is work: ids, numbers and times only.
 */
export const notices: NamedMigration = {
  name: '20261122T0310-notices',
  up: async (db) => {
    await sql`
      create table policy_drafts (
        tenant_id uuid primary key,
        pack text not null,
        policy jsonb not null,
        saved_at timestamptz not null)`.execute(db)
    await protectTenantTable(db, 'policy_drafts')
    await sql`
      create table notice_versions (
        tenant_id uuid not null,
        version int not null,
        pack text not null,
        policy jsonb not null,
        revised_at timestamptz not null,
        effective_at timestamptz not null,
        is_significant boolean not null,
        announced_by text[] not null,
        confirmed jsonb,
        primary key (tenant_id, version))`.execute(db)
    await protectTenantTable(db, 'notice_versions')
    await sql`
      create table notice_acknowledgements (
        tenant_id uuid not null,
        user_id uuid not null,
        version int not null,
        acknowledged_at timestamptz not null,
        primary key (tenant_id, user_id, version))`.execute(db)
    await protectTenantTable(db, 'notice_acknowledgements')
    await sql`
      create table legal_holds (
        tenant_id uuid not null,
        id uuid not null,
        category text not null,
        law text not null,
        owner text not null,
        until timestamptz,
        placed_at timestamptz not null,
        released_at timestamptz,
        primary key (tenant_id, id))`.execute(db)
    await protectTenantTable(db, 'legal_holds')

    await sql`
      create table rules_feed (
        tenant_id uuid primary key,
        revision bigint not null,
        published_revision bigint,
        published_into text)`.execute(db)
    await sql`
      create index rules_feed_waiting on rules_feed (tenant_id)
      where published_revision is distinct from revision`.execute(db)
    await sql`
      create table hold_ends (
        hold_id uuid primary key,
        tenant_id uuid not null,
        ends_at timestamptz not null)`.execute(db)
    await sql`create index hold_ends_at on hold_ends (ends_at)`.execute(db)
    await sql`
      create table announcements_due (
        tenant_id uuid not null,
        version int not null,
        due_at timestamptz not null,
        attempts int not null,
        primary key (tenant_id, version))`.execute(db)
    await sql`create index announcements_due_at on announcements_due (due_at)`.execute(db)
  },
}
