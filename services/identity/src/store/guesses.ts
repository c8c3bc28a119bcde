import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from './tables.ts'

/** The counter of `key`, made as of `madeAt` if need be and locked, so that attempts made at once count one by one. */
export async function lockGuesses(trx: Transaction<Database>, key: string, madeAt: Date): Promise<Guesses> {
  const row = await trx
    .insertInto('guesses')
    .values({ key, count: 0, blocked_until: madeAt, expires_at: madeAt })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ key }))
    .returningAll()
    .executeTakeFirstOrThrow()
  return { count: row.count, blockedUntil: row.blocked_until, expiresAt: row.expires_at }
}

export async function saveGuesses(trx: Transaction<Database>, key: string, guesses: Guesses): Promise<void> {
  const { count, blockedUntil, expiresAt } = guesses
  await trx
    .updateTable('guesses')
    .set({ count, blocked_until: blockedUntil, expires_at: expiresAt })
    .where('key', '=', key)
    .execute()
}

/** Takes one attempt out of the count and lifts the wait it caused. */
export async function takeBackGuess(db: Kysely<Database>, key: string, blockedUntil: Date): Promise<void> {
  await db
    .updateTable('guesses')
    .set({ count: sql`greatest(count - 1, 0)`, blocked_until: blockedUntil })
    .where('key', '=', key)
    .execute()
}

export async function deleteGuesses(db: Kysely<Database>, key: string): Promise<void> {
  await db.deleteFrom('guesses').where('key', '=', key).execute()
}

/** Deletes some counters whose time is over. */
export async function deleteExpiredGuesses(trx: Transaction<Database>, now: Date): Promise<void> {
  await sql`
    delete from guesses where key in (
      select key from guesses where expires_at < ${now} order by expires_at limit 20 for update skip locked)`.execute(
    trx,
  )
}

export interface Guesses {
  count: number
  blockedUntil: Date
  expiresAt: Date
}
