import type { NamedMigration } from '@candor/runtime/migrate'
import { protectTenantTable } from '@candor/runtime/protect'
import { sql } from 'kysely'

/** Sessions with their refresh tokens, the keys that sign access tokens, and the counters that slow guessing down. */
export const sessions: NamedMigration = {
  name: '20261121T1015-sessions',
  up: async (db) => {
    await sql`
      create table sessions (
        id uuid primary key,
        tenant_id uuid not null references tenants (id),
        user_id uuid,
        visitor_id uuid,
        created_at timestamptz not null,
        used_at timestamptz not null,
        expires_at timestamptz not null,
        revoked_at timestamptz,
        unique (tenant_id, id),
        foreign key (tenant_id, user_id) references users (tenant_id, id),
        check (num_nonnulls(user_id, visitor_id) = 1))`.execute(db)
    await sql`create index sessions_user on sessions (tenant_id, user_id) where user_id is not null`.execute(
      db,
    )
    await sql`create index sessions_visitor on sessions (tenant_id, visitor_id) where visitor_id is not null`.execute(
      db,
    )
    await sql`create index sessions_expired on sessions (tenant_id, expires_at)`.execute(db)
    await protectTenantTable(db, 'sessions', { hiddenBy: 'visitor_id' })
    await sql`
      create table refresh_tokens (
        hash text primary key,
        tenant_id uuid not null,
        session_id uuid not null,
        created_at timestamptz not null,
        used_at timestamptz,
        foreign key (tenant_id, session_id) references sessions (tenant_id, id) on delete cascade)`.execute(
      db,
    )
    await sql`create index refresh_tokens_session on refresh_tokens (tenant_id, session_id)`.execute(db)
    await protectTenantTable(db, 'refresh_tokens', { lookup: 'hash' })
    await sql`
      create table signing_keys (
        id uuid primary key,
        public_key text not null,
        sealed_private_key bytea not null,
        created_at timestamptz not null,
        retired_at timestamptz)`.execute(db)
    await sql`
      create table guesses (
        key text primary key,
        count int not null,
        blocked_until timestamptz not null,
        expires_at timestamptz not null)`.execute(db)
    await sql`create index guesses_expired on guesses (expires_at)`.execute(db)
  },
}
