import type { PublicKey } from '@candor/contracts/identity/schemas'
import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from './tables.ts'

/** Any number that no other use of advisory locks in the database takes. */
const signingKeysLock = 7_101

export async function lockSigningKeys(trx: Transaction<Database>): Promise<void> {
  await sql`select pg_advisory_xact_lock(${signingKeysLock})`.execute(trx)
}

export async function readNewestSigningKey(trx: Transaction<Database>): Promise<StoredKey | undefined> {
  const row = await trx
    .selectFrom('signing_keys')
    .selectAll()
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && { publicKey: row.public_key, sealedPrivate: row.sealed_private, createdAt: row.created_at }
}

export async function insertSigningKey(trx: Transaction<Database>, key: StoredKey): Promise<StoredKey> {
  const row = {
    kid: key.publicKey.kid,
    public_key: JSON.stringify(key.publicKey),
    sealed_private: key.sealedPrivate,
    created_at: key.createdAt,
  }
  await trx.insertInto('signing_keys').values(row).execute()
  return key
}

export async function findPublicKey(db: Kysely<Database>, kid: string): Promise<PublicKey | undefined> {
  const row = await db
    .selectFrom('signing_keys')
    .select('public_key')
    .where('kid', '=', kid)
    .executeTakeFirst()
  return row?.public_key
}

export async function listPublicKeys(db: Kysely<Database>): Promise<PublicKey[]> {
  const rows = await db.selectFrom('signing_keys').select('public_key').orderBy('created_at').execute()
  return rows.map((row) => row.public_key)
}

interface StoredKey {
  publicKey: PublicKey
  sealedPrivate: Buffer
  createdAt: Date
}
