import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { Database } from './tables.ts'

/**
 * Merges of a business come one after the other: each holds all rows of two persons, and several at once would wait for
 * each other in a circle. They are rare, and a person's click each.
 */
export async function waitForMerges(trx: Transaction<Database>, tenantId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(7011, hashtext(${tenantId}))`.execute(trx)
}

/** Lets nobody be merged until the transaction ends, so that who is who stays as it was read. */
export async function holdMerges(trx: Transaction<Database>, tenantId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(7011, hashtext(${tenantId}))`.execute(trx)
}

/** Both rows, until the transaction ends; fewer where one is not there or stands for nobody any more. */
export async function lockContacts(
  trx: Transaction<Database>,
  { tenantId, ids }: { tenantId: string; ids: readonly string[] },
): Promise<{ id: string; visitorId: string; origin: 'visitor' | 'staff' }[]> {
  const { rows } = await sql<{ id: string; visitorId: string; origin: 'visitor' | 'staff' }>`
    select id, visitor_id as "visitorId", origin from contacts
    where tenant_id = ${tenantId} and id = any(${ids}::uuid[]) and merged_into is null order by id for no key update`.execute(
    trx,
  )
  return rows
}

/** What came by the other contact is the first one's from here on; of the other one stays an address and whose it is. */
export async function joinContacts(
  trx: Transaction<Database>,
  { tenantId, id, formerId, formerEmail, origin, now }: Joining,
): Promise<{ conversationIds: string[] }> {
  const { rows } = await sql<{ id: string }>`
    update conversations set contact_id = ${id}
    where tenant_id = ${tenantId} and contact_id = ${formerId} returning id`.execute(trx)
  await sql`
    update contacts set merged_into = ${id},
      email = case when id = ${formerId} then ${formerEmail} else email end, name = null, phone = null, details = null
    where tenant_id = ${tenantId} and person_id = ${formerId}`.execute(trx)
  await sql`
    update contacts set origin = ${origin}, updated_at = ${now}
    where tenant_id = ${tenantId} and id = ${id}`.execute(trx)
  await sql`
    update contacts set updated_at = ${now} where tenant_id = ${tenantId} and person_id = ${id}`.execute(trx)
  return { conversationIds: rows.map((row) => row.id) }
}

/**
 * An address that is no longer the person's, or is their main one, is none of their further ones: as one of those it
 * would outlast a correction of the main one, and whoever owns it could prove to be this person.
 */
export async function dropOtherAddress(
  trx: Transaction<Database>,
  { tenantId, id, email }: { tenantId: string; id: string; email: string },
): Promise<void> {
  await sql`
    update contacts set email = null
    where tenant_id = ${tenantId} and person_id = ${id} and id <> ${id}
      and lower(email) = ${email.toLowerCase()}`.execute(trx)
}

interface Joining {
  tenantId: string
  id: string
  formerId: string
  /** An address of the former one that is no longer the main one, or the main one that gave way. */
  formerEmail: string | null
  origin: 'visitor' | 'staff'
  now: Date
}
