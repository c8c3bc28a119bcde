import type { NamedMigration } from '@candor/runtime/migrate'
import { protectTenantTable } from '@candor/runtime/protect'
import { sql } from 'kysely'

/** Ids are in the order in which the receipts were issued. */
export const disposalReceipts: NamedMigration = {
  name: '20261122T0910-disposal-receipts',
  up: async (db) => {
    await sql`
      create table disposal_receipts (
        id uuid not null,
        tenant_id uuid not null,
        jws text not null,
        primary key (tenant_id, id))`.execute(db)
    await protectTenantTable(db, 'disposal_receipts')
    await sql`revoke update, truncate on disposal_receipts from privacy_app`.execute(db)
  },
}
