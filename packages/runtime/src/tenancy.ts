import { CompiledQuery, sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import { limitStatement } from './answer-deadline.ts'

/**
 * Runs `work` in a transaction that sees the rows of `tenantIds` and no others. Row-level security is forced on every
 * table with personal data, so a transaction that names no tenant sees none.
 */
export function asTenant<DB, T>(
  db: Kysely<DB>,
  tenantIds: string | readonly string[],
  work: (trx: Transaction<DB>) => Promise<T>,
): Promise<T> {
  const list = typeof tenantIds === 'string' ? tenantIds : tenantIds.join(',')
  return db.transaction().execute(async (trx) => {
    await sql`select set_config('app.tenants', ${list}, true)`.execute(trx)
    return work(trx)
  })
}

/**
 * Runs `work` in a transaction that sees only the rows found by `key`: a secret's hash, a public key or an address
 * whose holder is not yet known to belong to any tenant.
 */
export function asLookup<DB, T>(
  db: Kysely<DB>,
  key: string,
  work: (trx: Transaction<DB>) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (trx) => {
    await sql`select set_config('app.lookup', ${key}, true)`.execute(trx)
    return work(trx)
  })
}

/** Narrows or moves a transaction to a tenant found inside it, as sign-in does after the lookup. */
export async function enterTenant<DB>(trx: Transaction<DB>, tenantId: string): Promise<void> {
  await sql`select set_config('app.tenants', ${tenantId}, true)`.execute(trx)
}

/** Lets a transaction's statements run longer, or less long, than the pool's limit: up to `timeoutMs` each. */
export async function limitStatements<DB>(trx: Transaction<DB>, timeoutMs: number): Promise<void> {
  await trx.executeQuery(CompiledQuery.raw(limitStatement, [String(timeoutMs)]))
}

/** Says for what a transaction reads: some tables show their rows for one purpose alone. */
export async function statePurpose<DB>(trx: Transaction<DB>, purpose: string): Promise<void> {
  await sql`select set_config('app.purpose', ${purpose}, true)`.execute(trx)
}

/** Lets a transaction see what is hidden pending erasure or restricted: only the engine that serves rights needs to. */
export async function seeHidden<DB>(trx: Transaction<DB>): Promise<void> {
  await sql`select set_config('app.sees_hidden', 'on', true), set_config('app.sees_restricted', 'on', true)`.execute(
    trx,
  )
}

/** Lets a transaction see what is restricted, to store it: storage alone goes on (GDPR article 18(2)). */
export async function seeRestricted<DB>(trx: Transaction<DB>): Promise<void> {
  await sql`select set_config('app.sees_restricted', 'on', true)`.execute(trx)
}
