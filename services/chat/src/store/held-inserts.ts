import type { HeldContact, HeldConversation, PortableEntry } from '@candor/contracts/portable'
import type { Channel } from '@candor/contracts/policy/categories'
import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { Database } from './tables.ts'

/** What is there already stays as it is, here and below: a file may be taken in again. */
export async function insertHeldContact(
  trx: Transaction<Database>,
  tenantId: string,
  contact: HeldContact,
): Promise<void> {
  const row = {
    id: contact.id,
    tenant_id: tenantId,
    visitor_id: contact.visitorId,
    name: contact.name,
    email: contact.email,
    phone: contact.phone,
    details: contact.details.length > 0 ? JSON.stringify(contact.details) : null,
    created_at: new Date(contact.createdAt),
    updated_at: new Date(contact.createdAt),
  }
  await trx
    .insertInto('contacts')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function insertHeldConversation(
  trx: Transaction<Database>,
  tenantId: string,
  visitorId: string,
  conversation: HeldConversation,
): Promise<void> {
  const { id, contactId, channel, status, page, lastSeq, closedAt } = conversation
  const row = {
    id,
    tenant_id: tenantId,
    visitor_id: visitorId,
    contact_id: contactId,
    retention_class: channel,
    status,
    assignee_id: null,
    page,
    start_key: null,
    last_seq: lastSeq,
    last_text: null,
    visitor_delivered: lastSeq,
    visitor_read: lastSeq,
    staff_delivered: lastSeq,
    staff_read: lastSeq,
    started_at: new Date(conversation.startedAt),
    updated_at: new Date(conversation.updatedAt),
    closed_at: closedAt === null ? null : new Date(closedAt),
  }
  await trx
    .insertInto('conversations')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Answers how many are new; the conversation's own sums follow. */
export async function insertHeldMessages(
  trx: Transaction<Database>,
  {
    tenantId,
    conversationId,
    channel,
    rows,
  }: { tenantId: string; conversationId: string; channel: Channel; rows: readonly NewMessage[] },
): Promise<number> {
  let inserted = 0
  for (let start = 0; start < rows.length; start += rowsPerInsert) {
    const values = rows.slice(start, start + rowsPerInsert).map((row) => ({
      id: row.id,
      tenant_id: tenantId,
      conversation_id: conversationId,
      retention_class: channel,
      seq: row.seq,
      author_kind: row.author.kind,
      author_id: row.authorId,
      text: row.text,
      notice: row.notice,
      client_message_id: row.id,
      created_at: new Date(row.createdAt),
    }))
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto('messages')
      .values(values)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    inserted += Number(numInsertedOrUpdatedRows ?? 0)
  }
  const own = sql`from messages m where m.tenant_id = ${tenantId} and m.conversation_id = ${conversationId}`
  await sql`
    update conversations set
      text_bytes = (select coalesce(sum(octet_length(text)), 0) ${own}),
      last_text = (select text ${own} and text <> '' order by seq desc limit 1)
    where tenant_id = ${tenantId} and id = ${conversationId}`.execute(trx)
  return inserted
}

/** A statement takes at most 65,535 parameters. */
const rowsPerInsert = 1_000

interface NewMessage extends PortableEntry {
  id: string
  authorId: string | null
}
