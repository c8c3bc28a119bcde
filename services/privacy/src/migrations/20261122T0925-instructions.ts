import { letSweep } from '@candor/personal-data/sweep-access'
import type { NamedMigration } from '@candor/runtime/migrate'
import { protectTenantTable } from '@candor/runtime/protect'
import { sql } from 'kysely'

/** What a business has done to its contacts, one or many, and the requests that it consists of. */
export const instructions: NamedMigration = {
  name: '20261122T0925-instructions',
  up: async (db) => {
    await sql`
      create table instructions (
        tenant_id uuid not null,
        id uuid not null,
        does text not null check (does in ('add', 'correct', 'erase')),
        staff_id uuid not null,
        items int not null,
        added int,
        opened_at timestamptz not null,
        stopped_at timestamptz,
        jws text,
        primary key (tenant_id, id))`.execute(db)
    await protectTenantTable(db, 'instructions')
    await letSweep(db, 'instructions')
    await sql`alter table requests add column instruction_id uuid`.execute(db)
    await sql`
      create index requests_instruction on requests (tenant_id, instruction_id) where instruction_id is not null`.execute(
      db,
    )
    await sql`alter table saga_queue add column rank smallint not null default 0`.execute(db)
  },
}
