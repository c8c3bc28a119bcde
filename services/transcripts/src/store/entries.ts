import type { PortableEntry } from '@candor/contracts/portable'
import type { Message } from '@candor/contracts/chat/schemas'
import { sql } from 'kysely'
import type { Insertable, Selectable, Transaction } from 'kysely'
import type { Database } from './tables.ts'

/** Entries that are stored already stay as they are. */
export async function insertEntries(
  trx: Transaction<Database>,
  tenantId: string,
  conversationId: string,
  messages: readonly NewEntry[],
): Promise<void> {
  for (let start = 0; start < messages.length; start += rowsPerInsert) {
    const rows = messages
      .slice(start, start + rowsPerInsert)
      .map((message) => toRow(tenantId, conversationId, message))
    await trx
      .insertInto('transcript_entries')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

/** In order. Visitors have no name here: it is the contact's. */
export async function listEntries(
  trx: Transaction<Database>,
  tenantId: string,
  conversationId: string,
): Promise<Pick<Message, 'seq' | 'author' | 'text' | 'notice' | 'createdAt'>[]> {
  const rows = await trx
    .selectFrom('transcript_entries')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('conversation_id', '=', conversationId)
    .orderBy('seq')
    .execute()
  return rows.map((row) => ({
    seq: row.seq,
    author: toAuthor(row),
    text: row.text,
    notice: row.notice,
    createdAt: row.created_at.toISOString(),
  }))
}

export async function setAuthorName(
  trx: Transaction<Database>,
  tenantId: string,
  userId: string,
  name: string,
): Promise<void> {
  await trx
    .updateTable('transcript_entries')
    .set({ author_name: name })
    .where('tenant_id', '=', tenantId)
    .where('author_user_id', '=', userId)
    .where(sql<boolean>`author_name is distinct from ${name}`)
    .execute()
}

/** A statement takes at most 65,535 parameters, and an entry is nine of them. */
const rowsPerInsert = 1_000

/** Stands for staff who were erased: of them only that somebody answered is left. */
const nobody = '00000000-0000-0000-0000-000000000000'

function toRow(tenantId: string, conversationId: string, message: NewEntry): Insertable<Row> {
  const { author } = message
  return {
    tenant_id: tenantId,
    conversation_id: conversationId,
    seq: message.seq,
    author_kind: author.kind,
    author_user_id: author.kind === 'staff' ? (author.userId ?? null) : null,
    author_name: author.kind === 'staff' ? author.name : null,
    text: message.text,
    notice: message.notice,
    created_at: new Date(message.createdAt),
  }
}

function toAuthor(row: Selectable<Row>): Message['author'] {
  if (row.author_kind === 'visitor') return { kind: 'visitor', name: null }
  if (row.author_kind === 'system') return { kind: 'system' }
  return { kind: 'staff', userId: row.author_user_id ?? nobody, name: row.author_name ?? '' }
}

type Row = Database['transcript_entries']

/** Who answered at another business has no id here. */
type NewEntry = Omit<PortableEntry, 'author'> & {
  author: { kind: 'visitor' | 'system' } | { kind: 'staff'; name: string; userId?: string }
}
