import { createLogger } from '@candor/runtime/logger'
import { createMetrics } from '@candor/runtime/metrics'
import type { NamedMigration } from '@candor/runtime/migrate'
import { connectPostgres } from '@candor/runtime/postgres'
import { createTenancyFunctions, protectTenantTable } from '@candor/runtime/protect'
import { createTestDatabase } from '@candor/testing/test-database'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'

/** Notes of tenants; whoever holds a note's key finds it without knowing whose it is. */
export const notesTable: NamedMigration = {
  name: '20261121T1000-notes',
  up: async (db) => {
    await createTenancyFunctions(db)
    await sql`create table notes (id uuid primary key, tenant_id uuid not null, key text unique, text text)`.execute(
      db,
    )
    await protectTenantTable(db, 'notes', { lookup: 'key' })
  },
}

export interface NotesDatabase {
  notes: { id: string; tenant_id: string; key: string | null; text: string | null }
}

/** A database with the notes table, and pools for its app role that go with it. */
export async function createNotesDatabase() {
  const stack = new AsyncDisposableStack()
  const database = stack.use(await createTestDatabase({ service: 'notes', migrations: [notesTable] }))
  const pool = (poolSizeMax: number, url = database.appUrl): Kysely<NotesDatabase> => {
    const log = createLogger({ service: 'notes', level: 'silent' })
    const db = connectPostgres<NotesDatabase>({ url, poolSizeMax, log, metrics: createMetrics('notes') })
    stack.defer(() => db.destroy())
    return db
  }
  return { ...database, pool, [Symbol.asyncDispose]: () => stack.disposeAsync() }
}
