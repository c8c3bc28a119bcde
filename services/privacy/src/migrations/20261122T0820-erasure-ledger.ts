import type { NamedMigration } from '@candor/runtime/migrate'
import { sql } from 'kysely'

/** Privacy's copy of the ledger: from it the stream is filled, and filled again when it was lost. Hashes alone. */
export const erasureLedger: NamedMigration = {
  name: '20261122T0820-erasure-ledger',
  up: async (db) => {
    await sql`
      create table erasure_ledger (
        id uuid primary key,
        tenant_id uuid not null,
        entry jsonb not null,
        published_into text)`.execute(db)
  },
}
