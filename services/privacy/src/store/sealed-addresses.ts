import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { Database } from './tables.ts'

export async function insertSealedAddress(
  trx: Transaction<Database>,
  address: {
    requestId: string
    tenantId: string
    personId: string | null
    sealed: Buffer
    hash: Buffer
    now: Date
  },
): Promise<void> {
  const row = {
    request_id: address.requestId,
    tenant_id: address.tenantId,
    person_id: address.personId,
    sealed: address.sealed,
    address_hash: address.hash,
    sealed_at: address.now,
  }
  await trx.insertInto('sealed_addresses').values(row).execute()
}

export async function findSealedAddress(
  trx: Transaction<Database>,
  requestId: string,
): Promise<{ sealed: Buffer; hash: Buffer } | undefined> {
  return trx
    .selectFrom('sealed_addresses')
    .select(['sealed', 'address_hash as hash'])
    .where('request_id', '=', requestId)
    .executeTakeFirst()
}

/** Whom earlier proofs of the same address made known. Until this transaction ends, nobody else decides about it. */
export async function lockPersonOfAddress(
  trx: Transaction<Database>,
  hash: Buffer,
): Promise<string | undefined> {
  await sql`select pg_advisory_xact_lock(${String(hash.readBigInt64BE())})`.execute(trx)
  const row = await trx
    .selectFrom('sealed_addresses')
    .select('person_id')
    .where('address_hash', '=', hash)
    .where('person_id', 'is not', null)
    .limit(1)
    .executeTakeFirst()
  return row?.person_id ?? undefined
}

export async function setPerson(
  trx: Transaction<Database>,
  requestId: string,
  personId: string,
): Promise<void> {
  await trx
    .updateTable('sealed_addresses')
    .set({ person_id: personId })
    .where('request_id', '=', requestId)
    .execute()
}

/** When the requests for an address since `since` were opened, oldest first. */
export async function listOpenings(trx: Transaction<Database>, hash: Buffer, since: Date): Promise<Date[]> {
  const rows = await trx
    .selectFrom('sealed_addresses')
    .select('sealed_at')
    .where('address_hash', '=', hash)
    .where('sealed_at', '>', since)
    .orderBy('sealed_at')
    .execute()
  return rows.map((row) => row.sealed_at)
}

export async function deleteSealedAddress(trx: Transaction<Database>, requestId: string): Promise<void> {
  await trx.deleteFrom('sealed_addresses').where('request_id', '=', requestId).execute()
}

/** Forgets identifiers with every request they stand with, and answers which of these nobody has proven. */
export async function deleteAddressesEverywhere(
  trx: Transaction<Database>,
  hashes: readonly Buffer[],
): Promise<string[]> {
  if (hashes.length === 0) return []
  const rows = await trx
    .deleteFrom('sealed_addresses')
    .where('address_hash', 'in', hashes)
    .returning(['request_id', 'person_id'])
    .execute()
  return rows.filter((row) => row.person_id === null).map((row) => row.request_id)
}
