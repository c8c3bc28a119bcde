import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { Database } from './tables.ts'

/** Both rows, until the transaction ends; fewer where one is not there or stands for nobody any more. */
export async function lockContacts(
  trx: Transaction<Database>,
  { tenantId, ids }: { tenantId: string; ids: readonly string[] },
): Promise<{ id: string; visitorId: string; origin: 'visitor' | 'staff' }[]> {
  const { rows } = await sql<{ id: string; visitorId: string; origin: 'visitor' | 'staff' }>`
    select id, visitor_id as "visitorId", origin from contacts
    where tenant_id = ${tenantId} and id = any(${ids}::uuid[]) and merged_into is null order by id for update`.execute(
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
