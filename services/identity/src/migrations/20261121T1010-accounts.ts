import type { NamedMigration } from '@candor/runtime/migrate'
import { protectTenantTable } from '@candor/runtime/protect'
import { sql } from 'kysely'

/**
 * Businesses, their staff and open invitations. Each table can be entered by the one value that a caller without a
 * tenant may hold: a slug or widget key, an e-mail address, the hash of an invitation's token.
 */
export const accounts: NamedMigration = {
  name: '20261121T1010-accounts',
  up: async (db) => {
    await sql`
      create table tenants (
        id uuid primary key,
        name text not null,
        slug text not null,
        widget_key text not null,
        country text not null,
        created_at timestamptz not null,
        constraint tenants_slug unique (slug),
        constraint tenants_widget_key unique (widget_key))`.execute(db)
    await protectTenantTable(db, 'tenants', { tenant: 'id', lookup: 'slug' })
    await sql`create policy widget on tenants for select using (widget_key = (select app_lookup()))`.execute(
      db,
    )
    await sql`
      create table users (
        id uuid primary key,
        tenant_id uuid not null references tenants (id),
        email text not null,
        name text not null,
        role text not null check (role in ('owner', 'admin', 'agent')),
        password_hash text not null,
        created_at timestamptz not null,
        ended_at timestamptz,
        constraint users_email unique (email),
        unique (tenant_id, id))`.execute(db)
    await protectTenantTable(db, 'users', { lookup: 'email' })
    await sql`
      create table invitations (
        id uuid primary key,
        tenant_id uuid not null references tenants (id),
        email text not null,
        role text not null check (role in ('admin', 'agent')),
        token_hash text not null,
        created_at timestamptz not null,
        expires_at timestamptz not null,
        constraint invitations_email unique (tenant_id, email),
        constraint invitations_token unique (token_hash))`.execute(db)
    await protectTenantTable(db, 'invitations', { lookup: 'token_hash' })
  },
}
