import { letSweep } from '@candor/personal-data/sweep-access'
import type { NamedMigration } from '@candor/runtime/migrate'
import { protectTenantTable } from '@candor/runtime/protect'
import { sql } from 'kysely'

/** Visits are counted as numbers alone; what an advertising cookie yielded is its visitor's and goes with them. */
export const visits: NamedMigration = {
  name: '20261122T0510-visits',
  up: async (db) => {
    await sql`
      create table visitor_consents (
        tenant_id uuid not null,
        visitor_id uuid not null,
        given text[] not null,
        changed_at timestamptz not null,
        primary key (tenant_id, visitor_id))`.execute(db)
    await protectTenantTable(db, 'visitor_consents', { hiddenBy: 'visitor_id' })

    await sql`
      create table visit_counts (
        tenant_id uuid not null,
        day date not null,
        page text not null,
        views int not null,
        visits int not null,
        returned int not null,
        primary key (tenant_id, day, page))`.execute(db)
    await protectTenantTable(db, 'visit_counts')

    await sql`
      create table cookie_yields (
        id uuid not null,
        tenant_id uuid not null,
        visitor_id uuid not null,
        campaign text not null,
        created_at timestamptz not null,
        primary key (tenant_id, id),
        unique (tenant_id, visitor_id, campaign))`.execute(db)
    await protectTenantTable(db, 'cookie_yields', { hiddenBy: 'visitor_id' })
    await sql`create index visitor_consents_age on visitor_consents (tenant_id, changed_at)`.execute(db)
    await sql`create index cookie_yields_age on cookie_yields (tenant_id, created_at)`.execute(db)
    await letSweep(db, 'visitor_consents', 'cookie_yields')
  },
}
