import { createHmac, hkdfSync, randomBytes } from 'node:crypto'
import type { Clock } from '@candor/runtime/clock'
import { seal, unseal } from '@candor/runtime/sealing'
import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'

/**
 * The key under which a service keeps its secrets, from the database, where it lies sealed by SEALING_KEY. So that one can
 * be exchanged: a start that is given the new one and the previous one seals the root key by both, and one that is given
 * the new one alone forgets the others. What the root key sealed, and the hashes that it made, stay as they are.
 */
export async function openRootKey(
  { db, clock }: { db: Kysely<any>; clock: Clock },
  { SEALING_KEY: key, SEALING_KEY_PREVIOUS: previous }: SealingKeys,
): Promise<Buffer> {
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${rootKeyLock})`.execute(trx)
    const rows = await listSealed(trx)
    const stored = new Map(rows.map(({ key_id, sealed }) => [key_id, sealed]))
    const isOpenedByKey = stored.has(keyIdOf(key))
    const opener = [key, ...(previous ? [previous] : [])].find((one) => stored.has(keyIdOf(one)))
    if (!opener && stored.size > 0)
      throw new Error('neither SEALING_KEY nor SEALING_KEY_PREVIOUS is the one this database was sealed with')
    const root = opener
      ? unseal(sealingPart(opener), 'root', stored.get(keyIdOf(opener))!)
      : await makeRootKey(trx, previous ?? key)
    if (!isOpenedByKey) {
      const row = {
        key_id: keyIdOf(key),
        sealed: seal(sealingPart(key), 'root', root),
        // Later than all others, also by a clock that was set back: what is older is forgotten.
        created_at: new Date(
          Math.max(clock.now().getTime(), ...rows.map(({ created_at }) => created_at.getTime() + 1)),
        ),
      }
      await trx.insertInto('root_keys').values(row).execute()
    }
    if (!previous) await forgetOlder(trx, keyIdOf(key))
    return root
  })
}

/** What was sealed before there were root keys was sealed by the sealing key itself. */
async function makeRootKey(trx: Transaction<any>, key: Buffer): Promise<Buffer> {
  const { rows } = await sql`select from signing_keys limit 1`.execute(trx)
  return rows.length > 0 ? key : randomBytes(32)
}

async function listSealed(trx: Transaction<any>): Promise<SealedKey[]> {
  return (await sql<SealedKey>`select key_id, sealed, created_at from root_keys`.execute(trx)).rows
}

/** A replica that still has the old key, and starts again meanwhile, takes nothing away from those that have the new one. */
async function forgetOlder(trx: Transaction<any>, keyId: string): Promise<void> {
  await sql`
    delete from root_keys
    where created_at < (select created_at from root_keys where key_id = ${keyId})`.execute(trx)
}

/** Tells keys apart, and nothing about them. */
function keyIdOf(key: Buffer): string {
  return createHmac('sha256', key).update('candor key id').digest('base64url')
}

function sealingPart(key: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', 'candor root key', 32))
}

/** Any number that no other use of advisory locks in the database takes. */
const rootKeyLock = 7_004

interface SealingKeys {
  SEALING_KEY: Buffer
  SEALING_KEY_PREVIOUS?: Buffer | undefined
}

interface SealedKey {
  key_id: string
  sealed: Buffer
  created_at: Date
}
