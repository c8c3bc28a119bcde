import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from './tables.ts'

/** Keys that verify, newest first. */
export async function listSigningKeys(db: Kysely<Database>): Promise<StoredSigningKey[]> {
  const rows = await db
    .selectFrom('signing_keys')
    .select(['id', 'public_key', 'sealed_private_key', 'created_at'])
    .where('retired_at', 'is', null)
    .orderBy('id', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    publicKey: row.public_key,
    sealedPrivateKey: row.sealed_private_key,
    createdAt: row.created_at,
  }))
}

/** Replicas that start together come one after the other, so that only the first makes a key. */
export async function lockSigningKeys(trx: Transaction<Database>): Promise<void> {
  await sql`select pg_advisory_xact_lock(${signingKeysLock})`.execute(trx)
}

export async function insertSigningKey(trx: Transaction<Database>, key: StoredSigningKey): Promise<void> {
  await trx
    .insertInto('signing_keys')
    .values({
      id: key.id,
      public_key: key.publicKey,
      sealed_private_key: key.sealedPrivateKey,
      created_at: key.createdAt,
    })
    .execute()
}

export async function retireSigningKeys(
  trx: Transaction<Database>,
  ids: readonly string[],
  now: Date,
): Promise<void> {
  await trx.updateTable('signing_keys').set({ retired_at: now }).where('id', 'in', ids).execute()
}

/** Any number that no other use of advisory locks in the database takes; the relay has 7001. */
const signingKeysLock = 7_002

export interface StoredSigningKey {
  id: string
  publicKey: string
  sealedPrivateKey: Buffer
  createdAt: Date
}
