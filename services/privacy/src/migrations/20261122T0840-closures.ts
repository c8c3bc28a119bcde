import { letSweep } from '@candor/personal-data/sweep-access'
import type { NamedMigration } from '@candor/runtime/migrate'
import { protectTenantTable } from '@candor/runtime/protect'
import { sql } from 'kysely'

export const closures: NamedMigration = {
  name: '20261122T0840-closures',
  up: async (db) => {
    await sql`
      create table closures (
        tenant_id uuid primary key,
        id uuid not null unique,
        business_name text not null,
        business_slug text not null,
        closed_by uuid not null,
        closed_at timestamptz not null,
        ended_at timestamptz,
        versions jsonb not null,
        jws text)`.execute(db)
    await protectTenantTable(db, 'closures')
    await letSweep(db, 'closures')
    await sql`alter table erasures drop constraint if exists erasures_plan_check`.execute(db)
    await sql`alter table request_steps drop constraint if exists request_steps_step_check`.execute(db)
  },
}
