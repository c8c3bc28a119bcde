import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Database } from './tables.ts'

/** Makes sure that messages of conversations starting at `at`, and in the month after, have their partition. */
export async function ensurePartitions(db: Kysely<Database>, at: Date): Promise<void> {
  const month = at.toISOString().slice(0, 7)
  if (ensured.has(db) && ensured.get(db) === month) return
  await sql`
    select create_message_partition('chat', (${at}::timestamptz at time zone 'UTC') + make_interval(months => n))
    from generate_series(0, 1) n`.execute(db)
  ensured.set(db, month)
}

const ensured = new WeakMap<Kysely<Database>, string>()
