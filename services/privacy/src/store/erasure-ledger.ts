import type { LedgerEntry } from '@candor/contracts/erasure-ledger'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Database } from './tables.ts'

/** Enters an erasure; one that stands there already is the same. `into`: the stream in which it was read. */
export async function insertLedgerEntry(
  db: Kysely<Database>,
  entry: LedgerEntry,
  into: string | null = null,
): Promise<void> {
  const { id, tenantId } = entry
  await db
    .insertInto('erasure_ledger')
    .values({ id, tenant_id: tenantId, entry: JSON.stringify(entry), published_into: into })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ published_into: into }))
    .execute()
}

/** Entries that are not known to be in the stream that was made at `created`. */
export async function listUntold(db: Kysely<Database>, created: string): Promise<LedgerEntry[]> {
  const { rows } = await sql<{ entry: LedgerEntry }>`
    select entry from erasure_ledger where published_into is distinct from ${created} limit 500`.execute(db)
  return rows.map(({ entry }) => entry)
}

export async function markTold(db: Kysely<Database>, ids: readonly string[], created: string): Promise<void> {
  if (ids.length === 0) return
  await db.updateTable('erasure_ledger').set({ published_into: created }).where('id', 'in', ids).execute()
}

/** Everything is to be told again: the stream has been set back. */
export async function markAllUntold(db: Kysely<Database>): Promise<void> {
  await db.updateTable('erasure_ledger').set({ published_into: null }).execute()
}
