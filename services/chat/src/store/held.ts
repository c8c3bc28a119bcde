import type { HeldContact, HeldConversation } from '@candor/contracts/portable'
import type { SubjectRef } from '@candor/contracts/data-holder'
import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { Database } from './tables.ts'

/** The contacts of a person, oldest first. */
export async function listHeldContacts(
  trx: Transaction<Database>,
  { tenantId, emails, visitorIds }: SubjectRef,
): Promise<HeldContact[]> {
  const rows = await trx
    .selectFrom('contacts')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`(visitor_id = any(${visitorIds}::uuid[]) or lower(email) = any(${emails}::text[]))`)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    visitorId: row.visitor_id,
    name: row.name,
    email: row.email,
    phone: row.phone,
    details: row.details ?? [],
    createdAt: row.created_at.toISOString(),
  }))
}

/** Their conversations without the messages, oldest first. */
export async function listHeldConversations(
  trx: Transaction<Database>,
  tenantId: string,
  contactIds: readonly string[],
): Promise<Omit<HeldConversation, 'messages'>[]> {
  const rows = await trx
    .selectFrom('conversations')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('contact_id', '=', sql<string>`any(${contactIds}::uuid[])`)
    .orderBy('started_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    contactId: row.contact_id,
    channel: row.retention_class,
    status: row.status,
    page: row.page,
    startedAt: row.started_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    closedAt: row.closed_at?.toISOString() ?? null,
    lastSeq: row.last_seq,
  }))
}
