import { letSweep } from '@candor/personal-data/sweep-access'
import type { NamedMigration } from '@candor/runtime/migrate'
import { protectTenantTable } from '@candor/runtime/protect'
import { sql } from 'kysely'

/** One row an address; a mailing stays as the proof of who instructed it. */
export const marketing: NamedMigration = {
  name: '20261122T0520-marketing',
  up: async (db) => {
    await sql`
      create table marketing_preferences (
        tenant_id uuid not null,
        email text not null,
        user_id uuid,
        visitor_id uuid,
        service_news boolean,
        offers boolean not null,
        confirmed_at timestamptz,
        interested_at timestamptz not null,
        primary key (tenant_id, email))`.execute(db)
    await sql`create index marketing_preferences_age on marketing_preferences (tenant_id, interested_at)`.execute(
      db,
    )
    await protectTenantTable(db, 'marketing_preferences')

    await sql`
      create table mailings (
        id uuid not null,
        tenant_id uuid not null,
        kind text not null check (kind in ('service-news', 'campaign')),
        subject text not null,
        instruction text,
        instructed_by uuid not null,
        instructed_at timestamptz not null,
        queued int not null,
        primary key (tenant_id, id))`.execute(db)
    await sql`create index mailings_age on mailings (tenant_id, instructed_at)`.execute(db)
    await protectTenantTable(db, 'mailings')
    await letSweep(db, 'marketing_preferences', 'mailings')
  },
}
