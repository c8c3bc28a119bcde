import type { Contact, ContactDetail } from '@candor/contracts/chat/schemas'
import { notFound } from '@candor/rpc/service-error'
import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { Database } from './tables.ts'

/**
 * The contact of a visitor, made at their first conversation. A new name replaces the old; an address once given
 * stays, for it is what the person proves later. What staff vouch for, no visitor changes. Answers the contact, which may be one that theirs was merged into, and
 * the addresses that hold.
 */
export async function upsertContact(
  trx: Transaction<Database>,
  contact: {
    id: string
    tenantId: string
    visitorId: string
    name: string | null
    email: string | null
    now: Date
  },
): Promise<{ id: string; emails: string[] }> {
  const { id, tenantId, visitorId, name, email, now } = contact
  const { rows } = await sql<{ id: string; email: string | null; others: string[] }>`
    insert into contacts (id, tenant_id, visitor_id, name, email, created_at, updated_at)
    values (${id}, ${tenantId}, ${visitorId}, ${name}, ${email}, ${now}, ${now})
    on conflict (tenant_id, visitor_id) do update set
      name = case when ${isOwn} then coalesce(excluded.name, contacts.name) else contacts.name end,
      email = case when ${isOwn} then coalesce(contacts.email, excluded.email) else contacts.email end,
      updated_at = ${now}
    returning person_id as id, email, array(select o.email from contacts o
      where o.tenant_id = contacts.tenant_id and o.person_id = contacts.person_id and o.id <> contacts.id
        and o.email is not null) as others`.execute(trx)
  const { email: own, others, id: personId } = rows[0]!
  return { id: personId, emails: own === null ? others : [own, ...others] }
}

const isOwn = sql`contacts.merged_into is null and contacts.origin = 'visitor'`

/** What is known of the person that the contact with this id stands for, also where it was merged into another. */
export async function getContact(
  trx: Transaction<Database>,
  where: { tenantId: string; id: string },
): Promise<Contact> {
  const { rows } = await sql<ContactRow & { conversation_ids: string[] }>`
    select ${contactColumns},
      array(select c.id from conversations c where c.tenant_id = k.tenant_id and c.contact_id = k.id order by c.started_at desc) as conversation_ids
    from contacts k
    where k.tenant_id = ${where.tenantId} and k.id = (
      select person_id from contacts where tenant_id = ${where.tenantId} and id = ${where.id})`.execute(trx)
  const row = rows[0]
  if (!row) throw notFound('contact')
  return { ...toContact(row), conversationIds: row.conversation_ids }
}

/** Columns of `k`, a contact that was not merged into another. */
export const contactColumns = sql`
  k.id, k.name, k.email, k.phone, coalesce(k.details, '[]') as details, k.origin, k.created_at,
  array(select distinct o.email from contacts o where o.tenant_id = k.tenant_id and o.person_id = k.id
    and o.id <> k.id and o.email is distinct from k.email and o.email is not null order by 1) as other_emails`

export function toContact(row: ContactRow): Omit<Contact, 'conversationIds'> {
  const { id, name, email, phone, details, origin } = row
  return {
    id,
    name,
    email,
    phone,
    details,
    origin,
    otherEmails: row.other_emails,
    createdAt: row.created_at.toISOString(),
  }
}

export interface ContactRow {
  id: string
  name: string | null
  email: string | null
  phone: string | null
  details: ContactDetail[]
  origin: Contact['origin']
  other_emails: string[]
  created_at: Date
}

/** Answers whose contact it is. */
export async function updateContact(
  trx: Transaction<Database>,
  contact: ContactFields & { tenantId: string; id: string; details: ContactDetail[]; now: Date },
): Promise<string | undefined> {
  const { tenantId, id, name, email, phone, now } = contact
  const { rows } = await sql<{ visitor_id: string }>`
    update contacts set name = ${name}, email = ${email}, phone = ${phone},
      details = ${jsonOf(contact.details)}::jsonb, updated_at = ${now}
    where tenant_id = ${tenantId} and id = ${id} returning visitor_id`.execute(trx)
  return rows[0]?.visitor_id
}

/** By which pseudonym its person is known. */
export async function getVisitorOf(
  trx: Transaction<Database>,
  { tenantId, contactId }: { tenantId: string; contactId: string },
): Promise<string> {
  const { rows } = await sql<{ visitor_id: string }>`
    select visitor_id from contacts where tenant_id = ${tenantId} and id = ${contactId}`.execute(trx)
  if (!rows[0]) throw notFound('contact')
  return rows[0].visitor_id
}

/** Holds whoever else looks for this address until the transaction ends. */
export async function lockAddress(
  trx: Transaction<Database>,
  { tenantId, email }: { tenantId: string; email: string },
): Promise<void> {
  await sql`select pg_advisory_xact_lock(7010, hashtext(${`${tenantId} ${email.toLowerCase()}`}))`.execute(
    trx,
  )
}

/** The oldest of those with the address that no visitor made. */
export async function findContactByAddress(
  trx: Transaction<Database>,
  { tenantId, email }: { tenantId: string; email: string },
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select person_id as id from contacts
    where tenant_id = ${tenantId} and lower(email) = ${email.toLowerCase()} and origin = 'staff'
    order by created_at, id limit 1`.execute(trx)
  return rows[0]?.id
}

/** A contact that no visitor made. The id that stands for its person is no session's. */
export async function insertContact(
  trx: Transaction<Database>,
  contact: ContactFields & {
    id: string
    visitorId: string
    tenantId: string
    details: ContactDetail[]
    now: Date
  },
): Promise<void> {
  const { id, tenantId, visitorId, name, email, phone, details, now } = contact
  await sql`
    insert into contacts (id, tenant_id, visitor_id, name, email, phone, details, origin, created_at, updated_at)
    values (${id}, ${tenantId}, ${visitorId}, ${name}, ${email}, ${phone}, ${jsonOf(details)}::jsonb, 'staff', ${now}, ${now})
    on conflict (tenant_id, id) do nothing`.execute(trx)
}

/** Puts what is given where nothing stands yet; what stands there stays. */
export async function fillContact(
  trx: Transaction<Database>,
  contact: ContactFields & { id: string; tenantId: string; details: ContactDetail[]; now: Date },
): Promise<{ id: string; visitorId: string }> {
  const { id, tenantId, name, email, phone, details, now } = contact
  const { rows } = await sql<{ visitor_id: string }>`
    update contacts set name = coalesce(name, ${name}), email = coalesce(email, ${email}),
      phone = coalesce(phone, ${phone}), details = coalesce(details, ${jsonOf(details)}::jsonb), updated_at = ${now}
    where tenant_id = ${tenantId} and id = ${id} returning visitor_id`.execute(trx)
  if (!rows[0]) throw notFound('contact')
  return { id, visitorId: rows[0].visitor_id }
}

interface ContactFields {
  name: string | null
  email: string | null
  phone: string | null
}

/** Nothing is null, so that what is filled shows. */
function jsonOf(details: ContactDetail[]): string | null {
  return details.length > 0 ? JSON.stringify(details) : null
}
