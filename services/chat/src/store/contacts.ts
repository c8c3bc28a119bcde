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

interface ContactRow {
  id: string
  name: string | null
  email: string | null
  phone: string | null
  created_at: Date
  conversation_ids: string[]
}
