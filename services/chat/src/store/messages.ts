import type { Message } from '@candor/contracts/chat/schemas'
import { messagePosted } from '@candor/contracts/chat/events'
import { sql } from 'kysely'
import type { RawBuilder, Transaction } from 'kysely'
import { traceparent } from '@candor/runtime/trace'
import { ofVisitor } from './conversations.ts'
import type { Database } from './tables.ts'

/**
 * Takes the next sequence number under the conversation's row lock and writes the message and its event, all in one
 * statement: numbers have no gaps, for a failure takes the number back, and their order is the order of commits.
 * Answers the sequence number, or undefined where there is no such open conversation or it is full.
 */
export async function insertMessage(
  trx: Transaction<Database>,
  message: NewMessage,
): Promise<number | undefined> {
  const { tenantId, conversationId, authorKind, now, eventId } = message
  const writtenAt = message.writtenAt ?? now
  const side = authorKind === 'visitor' ? 'visitor' : 'staff'
  const { rows } = await sql<{ seq: number }>`
    with conversation as (
      update conversations c set
        last_seq = c.last_seq + 1,
        last_text = coalesce(nullif(${message.text}, ''), c.last_text),
        text_bytes = c.text_bytes + octet_length(${message.text}),
        updated_at = ${writtenAt},
        ${sql.ref(`${side}_delivered`)} = c.last_seq + 1,
        ${sql.ref(`${side}_read`)} = c.last_seq + 1
      where c.tenant_id = ${tenantId} and c.id = ${conversationId} and c.status <> 'closed' and ${ofVisitor(message.visitorId)}
        and (${message.notice !== null}::boolean or c.last_seq < ${messagesMax} and c.text_bytes + octet_length(${message.text}) <= ${textBytesMax})
      returning c.last_seq, c.retention_class, c.visitor_id
    ), message as (
      insert into messages (id, tenant_id, conversation_id, retention_class, seq, author_kind, author_id, text, notice,
        client_message_id, created_at)
      select ${message.id}, ${tenantId}, ${conversationId}, retention_class, last_seq, ${authorKind}, ${message.authorId},
        ${message.text}, ${message.notice}, ${message.clientMessageId}, ${writtenAt}
      from conversation
    ), event as (
    insert into outbox (id, tenant_id, type, stream_key, subject_id, occurred_at, traceparent, payload)
    select ${eventId}, ${tenantId}, ${`${messagePosted.source}.${messagePosted.name}`}, ${conversationId}, visitor_id,
      ${now}, ${traceparent()},
      jsonb_build_object('conversationId', ${conversationId}::text, 'messageId', ${message.id}::text, 'seq', last_seq, 'isNotice', ${message.notice !== null}::boolean)
    from conversation where ${eventId !== null}::boolean
    )
    select last_seq as seq from conversation`.execute(trx)
  return rows[0]?.seq
}

/** A conversation is archived, mailed and exported as one piece: past this somebody fills it, and nobody talks. */
export const messagesMax = 10_000
export const textBytesMax = 1_000_000

export interface NewMessage {
  id: string
  /** Null where nobody is told: it was exchanged elsewhere, and is only written down here. */
  eventId: string | null
  tenantId: string
  conversationId: string
  /** Where a visitor writes: only into their own conversation. */
  visitorId: string | null
  authorKind: 'visitor' | 'staff'
  authorId: string
  text: string
  notice: Message['notice']
  clientMessageId: string
  now: Date
  /** Where that was at another time than now. */
  writtenAt?: Date
}

/** Messages after or before a sequence number, or the newest, in order. */
export async function listMessages(
  trx: Transaction<Database>,
  where: { tenantId: string; conversationId: string; afterSeq?: number; beforeSeq?: number; limit: number },
): Promise<Message[]> {
  const { afterSeq, beforeSeq, limit } = where
  const forward = afterSeq !== undefined
  const messages = await selectMessages(
    trx,
    where,
    sql`and m.seq > ${afterSeq ?? 0} and m.seq < ${beforeSeq ?? 2 ** 31 - 1}
      order by m.seq ${forward ? sql`asc` : sql`desc`} limit ${limit}`,
  )
  return forward ? messages : messages.toReversed()
}

export async function findMessage(
  trx: Transaction<Database>,
  where: { tenantId: string; conversationId: string } & ({ seq: number } | { clientMessageId: string }),
): Promise<Message | undefined> {
  const which =
    'seq' in where ? sql`and m.seq = ${where.seq}` : sql`and m.client_message_id = ${where.clientMessageId}`
  return (await selectMessages(trx, where, which))[0]
}

async function selectMessages(
  trx: Transaction<Database>,
  where: { tenantId: string; conversationId: string },
  rest: RawBuilder<unknown>,
): Promise<Message[]> {
  const { rows } = await sql<MessageRow>`
    select m.*, staff.name as staff_name, contact.name as visitor_name
    from messages m
    join conversations c on c.tenant_id = m.tenant_id and c.id = m.conversation_id
    join contacts contact on contact.tenant_id = c.tenant_id and contact.id = c.contact_id
    left join staff on staff.tenant_id = m.tenant_id and staff.user_id = m.author_id
    where m.tenant_id = ${where.tenantId} and m.conversation_id = ${where.conversationId} ${rest}`.execute(
    trx,
  )
  return rows.map(toMessage)
}

function toMessage(row: MessageRow): Message {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    seq: row.seq,
    author: toAuthor(row),
    text: row.text,
    notice: row.notice,
    clientMessageId: row.client_message_id,
    createdAt: row.created_at.toISOString(),
  }
}

function toAuthor(row: MessageRow): Message['author'] {
  if (row.author_kind === 'visitor') return { kind: 'visitor', name: row.visitor_name }
  if (row.author_kind === 'system' || !row.author_id) return { kind: 'system' }
  return { kind: 'staff', userId: row.author_id, name: row.staff_name ?? '' }
}

interface MessageRow {
  id: string
  conversation_id: string
  seq: number
  author_kind: 'visitor' | 'staff' | 'system'
  author_id: string | null
  staff_name: string | null
  visitor_name: string | null
  text: string
  notice: Message['notice']
  client_message_id: string
  created_at: Date
}
