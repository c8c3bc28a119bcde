import type { NamedMigration } from '@candor/runtime/migrate'
import { protectTenantTable, restrictBy } from '@candor/runtime/protect'
import { sql } from 'kysely'

/**
 * What people had stopped, and the policies by which the database obeys: rows of `restrictedBy` are not seen while
 * the person in that column is restricted, those of `foundByAddress` can be found by an address alone.
 */
export function restrictionTables(tables: {
  restrictedBy?: Record<string, RestrictedTable>
  foundByAddress?: Record<string, string>
}): NamedMigration {
  return {
    name: '20261122T0400-restrictions',
    up: async (db) => {
      await sql`
        create table restrictions (
          tenant_id uuid not null,
          subject_id uuid not null,
          processing text not null check (processing in ('everything', 'mail-copies', 'statistics', 'marketing')),
          request_id uuid not null,
          since timestamptz not null,
          primary key (tenant_id, subject_id, processing, request_id))`.execute(db)
      await sql`create index restrictions_request on restrictions (tenant_id, request_id)`.execute(db)
      await protectTenantTable(db, 'restrictions')
      for (const [table, { person, ...options }] of Object.entries(tables.restrictedBy ?? {}))
        await restrictBy(db, table, person, options)
      for (const [table, column] of Object.entries(tables.foundByAddress ?? {})) {
        const [name, address, index] = [sql.table(table), sql.ref(column), sql.ref(`${table}_address`)]
        await sql`create index ${index} on ${name} (lower(${address}))`.execute(db)
        await sql`
          create policy address on ${name} for select using (lower(${address}) = (select app_lookup()))`.execute(
          db,
        )
      }
    },
  }
}

export interface RestrictedTable {
  /** Column with the id of the visitor. */
  person: string
  /** What else than `everything` hides its rows. */
  processing?: string
  /** The database role it holds for; all of them unless said otherwise. */
  role?: string
}
