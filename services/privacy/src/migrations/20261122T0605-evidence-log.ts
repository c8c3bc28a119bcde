import type { NamedMigration } from '@candor/runtime/migrate'
import { protectTenantTable } from '@candor/runtime/protect'
import { sql } from 'kysely'

/** Seen only by a transaction that reads evidence or serves a person's rights. When what ends stands apart, in ids. */
export const evidenceLog: NamedMigration = {
  name: '20261122T0605-evidence-log',
  up: async (db) => {
    await sql`
      create table evidence_log (
        id uuid not null,
        tenant_id uuid not null,
        name text,
        email text not null,
        used_at timestamptz not null,
        expires_at timestamptz not null,
        primary key (tenant_id, id))`.execute(db)
    await sql`create index evidence_log_email on evidence_log (tenant_id, lower(email))`.execute(db)
    await protectTenantTable(db, 'evidence_log')
    await sql`
      create policy purpose on evidence_log as restrictive for select using (
        current_setting('app.purpose', true) = 'keep-evidence'
        or current_setting('app.sees_hidden', true) = 'on')`.execute(db)
    await sql`revoke update, truncate on evidence_log from privacy_app`.execute(db)
    await sql`
      create table evidence_deadlines (
        evidence_id uuid primary key,
        tenant_id uuid not null,
        at timestamptz not null)`.execute(db)
    await sql`create index evidence_deadlines_at on evidence_deadlines (at)`.execute(db)
  },
}
