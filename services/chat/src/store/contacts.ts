import type { Contact } from '@candor/contracts/chat/schemas'
import { notFound } from '@candor/rpc/service-error'
import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { Database } from './tables.ts'

/**
 * The contact of a visitor, made at their first conversation. A new name replaces the old; an address once given
 * stays, for it is what the person proves later. Answers the address that holds.
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
): Promise<{ id: string; email: string | null }> {
  const { id, tenantId, visitorId, name, email, now } = contact
  const { rows } = await sql<{ id: string; email: string | null }>`
    insert into contacts (id, tenant_id, visitor_id, name, email, created_at, updated_at)
    values (${id}, ${tenantId}, ${visitorId}, ${name}, ${email}, ${now}, ${now})
    on conflict (tenant_id, visitor_id) do update set
      name = coalesce(excluded.name, contacts.name), email = coalesce(contacts.email, excluded.email), updated_at = ${now}
    returning id, email`.execute(trx)
  return rows[0]!
}

export async function getContact(
  trx: Transaction<Database>,
  where: { tenantId: string; id: string },
): Promise<Contact> {
  const { rows } = await sql<ContactRow>`
    select k.id, k.name, k.email, k.phone, k.created_at,
      array(select c.id from conversations c where c.tenant_id = k.tenant_id and c.contact_id = k.id order by c.started_at desc) as conversation_ids
    from contacts k where k.tenant_id = ${where.tenantId} and k.id = ${where.id}`.execute(trx)
  const row = rows[0]
  if (!row) throw notFound('contact')
  const { id, name, email, phone } = row
  return {
    id,
    name,
    email,
    phone,
    createdAt: row.created_at.toISOString(),
    conversationIds: row.conversation_ids,
  }
}

export async function updateContact(
  trx: Transaction<Database>,
  contact: {
    tenantId: string
    id: string
    name: string | null
    email: string | null
    phone: string | null
    now: Date
  },
): Promise<string | undefined> {
  const { rows } = await sql<{ visitor_id: string }>`
    update contacts set name = ${contact.name}, email = ${contact.email}, phone = ${contact.phone}, updated_at = ${contact.now}
    where tenant_id = ${contact.tenantId} and id = ${contact.id} returning visitor_id`.execute(trx)
  return rows[0]?.visitor_id
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
    select id from contacts
    where tenant_id = ${tenantId} and lower(email) = ${email.toLowerCase()} and origin = 'staff'
    order by created_at, id limit 1`.execute(trx)
  return rows[0]?.id
}

/** A contact that no visitor made. The id that stands for its person is no session's. */
export async function insertContact(
  trx: Transaction<Database>,
  contact: ContactFields & { id: string; visitorId: string; tenantId: string; now: Date },
): Promise<void> {
  const { id, tenantId, visitorId, name, email, phone, now } = contact
  await sql`
    insert into contacts (id, tenant_id, visitor_id, name, email, phone, origin, created_at, updated_at)
    values (${id}, ${tenantId}, ${visitorId}, ${name}, ${email}, ${phone}, 'staff', ${now}, ${now})`.execute(
    trx,
  )
}

/** Puts what is given where nothing stands yet; what stands there stays. */
export async function fillContact(
  trx: Transaction<Database>,
  contact: ContactFields & { id: string; tenantId: string; now: Date },
): Promise<{ id: string; visitorId: string }> {
  const { id, tenantId, name, email, phone, now } = contact
  const { rows } = await sql<{ visitor_id: string }>`
    update contacts set name = coalesce(name, ${name}), email = coalesce(email, ${email}),
      phone = coalesce(phone, ${phone}), updated_at = ${now}
    where tenant_id = ${tenantId} and id = ${id} returning visitor_id`.execute(trx)
  if (!rows[0]) throw notFound('contact')
  return { id, visitorId: rows[0].visitor_id }
}

interface ContactFields {
  name: string | null
  email: string | null
  phone: string | null
}

interface ContactRow {
  id: string
  name: string | null
  email: string | null
  phone: string | null
  created_at: Date
  conversation_ids: string[]
}
