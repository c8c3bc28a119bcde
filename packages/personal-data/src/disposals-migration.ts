import type { NamedMigration } from '@candor/runtime/migrate'
import { protectTenantTable } from '@candor/runtime/protect'
import { sql } from 'kysely'
import { letSweep } from './sweep-access.ts'

/** For every service: what its sweeps took today, until the day is over and privacy is told. */
export const disposalTables: NamedMigration = {
  name: '20261122T0900-disposals',
  up: async (db) => {
    await sql`
      create table disposals (
        tenant_id uuid not null,
        day date not null,
        table_name text not null,
        category text not null,
        disposition text not null check (disposition in ('delete', 'anonymise')),
        policy_version int not null,
        records bigint not null,
        over_by timestamptz not null,
        primary key (tenant_id, day, table_name, category, disposition, policy_version))`.execute(db)
    await protectTenantTable(db, 'disposals')
    await letSweep(db, 'disposals')
  },
}
