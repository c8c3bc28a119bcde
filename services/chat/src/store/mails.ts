import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { Database } from './tables.ts'

/** Answers false where the mail is known: it has been taken, or sent, before. */
export async function insertMail(
  trx: Transaction<Database>,
  mail: { tenantId: string; messageId: string; conversationId: string; subject: string | null; now: Date },
): Promise<boolean> {
  const { tenantId, messageId, conversationId, subject, now } = mail
  const row = {
    tenant_id: tenantId,
    message_id: messageId,
    conversation_id: conversationId,
    subject,
    created_at: now,
  }
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('mails')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows) === 1
}

export async function hasMail(
  trx: Transaction<Database>,
  { tenantId, messageId }: { tenantId: string; messageId: string },
): Promise<boolean> {
  const { rows } = await sql`
    select from mails where tenant_id = ${tenantId} and message_id = ${messageId}`.execute(trx)
  return rows.length > 0
}

/** The open conversation with that contact of which one of these mails is a part; the latest, if several are. */
export async function findMailConversation(
  trx: Transaction<Database>,
  where: { tenantId: string; contactId: string; messageIds: readonly string[] },
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select c.id from mails m join conversations c on c.tenant_id = m.tenant_id and c.id = m.conversation_id
    where m.tenant_id = ${where.tenantId} and m.message_id = any(${where.messageIds}::text[])
      and c.contact_id = ${where.contactId} and c.status <> 'closed'
    order by m.created_at desc limit 1`.execute(trx)
  return rows[0]?.id
}

/** The mails of a conversation, oldest first: the first one, and the latest. */
export async function listMails(
  trx: Transaction<Database>,
  where: { tenantId: string; conversationId: string; limit: number },
): Promise<{ messageId: string; subject: string | null }[]> {
  const { rows } = await sql<{ message_id: string; subject: string | null }>`
    select message_id, subject from (
      select *, row_number() over (order by created_at, message_id) as n, count(*) over () as total from mails
      where tenant_id = ${where.tenantId} and conversation_id = ${where.conversationId}) as numbered
    where n = 1 or n > total - ${where.limit} order by n`.execute(trx)
  return rows.map((row) => ({ messageId: row.message_id, subject: row.subject }))
}
