import type { SubjectRef } from '@candor/contracts/data-holder'
import type { Channel } from '@candor/contracts/policy/categories'
import { sql } from 'kysely'
import type { Insertable, Selectable, Transaction } from 'kysely'
import type { Database } from './tables.ts'

/** The transcript without its entries. */
export interface ArchivedTranscript {
  conversationId: string
  visitorId: string
  channel: Channel
  contact: { id: string; name: string | null; email: string | null }
  startedAt: Date
  closedAt: Date
  archivedAt: Date
  copies: number
  isRated: boolean
}

/** Answers false where the conversation is archived already; that row stays as it is. */
export async function insertTranscript(
  trx: Transaction<Database>,
  tenantId: string,
  transcript: Omit<ArchivedTranscript, 'copies' | 'isRated'>,
): Promise<boolean> {
  const row: Insertable<Row> = {
    tenant_id: tenantId,
    conversation_id: transcript.conversationId,
    visitor_id: transcript.visitorId,
    channel: transcript.channel,
    contact_id: transcript.contact.id,
    contact_name: transcript.contact.name,
    contact_email: transcript.contact.email,
    started_at: transcript.startedAt,
    closed_at: transcript.closedAt,
    archived_at: transcript.archivedAt,
    copies: 0,
  }
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('transcripts')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows) === 1
}

export async function findTranscript(trx: Transaction<Database>, tenantId: string, conversationId: string) {
  const row = await selectTranscript(trx, tenantId, conversationId).executeTakeFirst()
  return row && toTranscript(row)
}

/** Holds the row until the transaction ends, so that copies of one transcript are counted one after the other. */
export async function lockTranscript(trx: Transaction<Database>, tenantId: string, conversationId: string) {
  const row = await selectTranscript(trx, tenantId, conversationId).forUpdate().executeTakeFirst()
  return row && toTranscript(row)
}

export async function setCopies(
  trx: Transaction<Database>,
  tenantId: string,
  conversationId: string,
  copies: number,
): Promise<void> {
  await trx
    .updateTable('transcripts')
    .set({ copies })
    .where('tenant_id', '=', tenantId)
    .where('conversation_id', '=', conversationId)
    .execute()
}

export async function setRated(
  trx: Transaction<Database>,
  tenantId: string,
  conversationId: string,
): Promise<void> {
  await trx
    .updateTable('transcripts')
    .set({ is_rated: true })
    .where('tenant_id', '=', tenantId)
    .where('conversation_id', '=', conversationId)
    .execute()
}

/** The transcripts of a person, oldest first. */
export async function listTranscriptsOf(
  trx: Transaction<Database>,
  { tenantId, emails, visitorIds }: SubjectRef,
): Promise<ArchivedTranscript[]> {
  const rows = await trx
    .selectFrom('transcripts')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where(
      sql<boolean>`(visitor_id = any(${visitorIds}::uuid[]) or lower(contact_email) = any(${emails}::text[]))`,
    )
    .orderBy('started_at')
    .orderBy('conversation_id')
    .execute()
  return rows.map(toTranscript)
}

/** The archived conversations of a contact, newest first. */
export async function listConversationsOf(trx: Transaction<Database>, tenantId: string, contactId: string) {
  const rows = await trx
    .selectFrom('transcripts')
    .select('conversation_id')
    .where('tenant_id', '=', tenantId)
    .where('contact_id', '=', contactId)
    .orderBy('closed_at', 'desc')
    .execute()
  return rows.map((row) => row.conversation_id)
}

export async function setContact(
  trx: Transaction<Database>,
  tenantId: string,
  contactId: string,
  contact: { name: string | null; email: string | null },
): Promise<void> {
  await trx
    .updateTable('transcripts')
    .set({ contact_name: contact.name, contact_email: contact.email })
    .where('tenant_id', '=', tenantId)
    .where('contact_id', '=', contactId)
    .execute()
}

export async function moveToContact(
  trx: Transaction<Database>,
  tenantId: string,
  { contactId, formerId }: { contactId: string; formerId: string },
): Promise<void> {
  await trx
    .updateTable('transcripts')
    .set({ contact_id: contactId })
    .where('tenant_id', '=', tenantId)
    .where('contact_id', '=', formerId)
    .execute()
}

function selectTranscript(trx: Transaction<Database>, tenantId: string, conversationId: string) {
  return trx
    .selectFrom('transcripts')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('conversation_id', '=', conversationId)
}

/** How many transcripts of one address were archived since, this transaction's included. */
export async function countArchivedFor(
  trx: Transaction<Database>,
  tenantId: string,
  email: string,
  since: Date,
): Promise<number> {
  const { count } = await trx
    .selectFrom('transcripts')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('tenant_id', '=', tenantId)
    .where(sql<string>`lower(contact_email)`, '=', email.toLowerCase())
    .where('archived_at', '>', since)
    .executeTakeFirstOrThrow()
  return count
}

function toTranscript(row: Selectable<Row>): ArchivedTranscript {
  return {
    conversationId: row.conversation_id,
    visitorId: row.visitor_id,
    channel: row.channel,
    contact: { id: row.contact_id, name: row.contact_name, email: row.contact_email },
    startedAt: row.started_at,
    closedAt: row.closed_at,
    archivedAt: row.archived_at,
    copies: row.copies,
    isRated: row.is_rated,
  }
}

type Row = Database['transcripts']
