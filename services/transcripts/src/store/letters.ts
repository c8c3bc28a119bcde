import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { Database } from './tables.ts'

/** Key of a transcript's letter in the mail queue: 0 is the one at its end, the others are those staff asked for. */
export function letterKey(conversationId: string, copy: number): string {
  return `transcript/${conversationId}/${copy}`
}

/** When the latest letter left; null while none has. */
export async function findMailedAt(
  trx: Transaction<Database>,
  tenantId: string,
  transcript: { conversationId: string; copies: number },
): Promise<Date | null> {
  const row = await selectLetters(trx, tenantId, transcript)
    .select(({ fn }) => fn.max('sent_at').as('mailed_at'))
    .executeTakeFirst()
  return row?.mailed_at ?? null
}

/** When the copies that staff asked for since `since` were queued, oldest first. */
export async function listCopyTimes(
  trx: Transaction<Database>,
  tenantId: string,
  transcript: { conversationId: string; copies: number },
  since: Date,
): Promise<Date[]> {
  const rows = await selectLetters(trx, tenantId, transcript)
    .select('created_at')
    .where('once_key', '!=', letterKey(transcript.conversationId, 0))
    .where('created_at', '>', since)
    .orderBy('created_at')
    .execute()
  return rows.map((row) => row.created_at)
}

/** Letters still on their way follow the contact to another address; without one they are withdrawn and emptied. */
export async function readdressLetters(
  trx: Transaction<Database>,
  tenantId: string,
  contactId: string,
  address: string | null,
): Promise<void> {
  const withdrawn = { to_address: null, subject: null, text: null, html: null }
  const keys = sql<string>`
    select 'transcript/' || conversation_id || '/' || copy from transcripts, generate_series(0, copies) as copy
    where tenant_id = ${tenantId} and contact_id = ${contactId}`
  await trx
    .updateTable('mail_queue')
    .set(address ? { to_address: address } : withdrawn)
    .where('tenant_id', '=', tenantId)
    .where('once_key', 'in', sql<string>`(${keys})`)
    .where('sent_at', 'is', null)
    .where('to_address', 'is not', null)
    .execute()
}

function selectLetters(
  trx: Transaction<Database>,
  tenantId: string,
  { conversationId, copies }: { conversationId: string; copies: number },
) {
  const keys = Array.from({ length: copies + 1 }, (_, copy) => letterKey(conversationId, copy))
  return trx.selectFrom('mail_queue').where('tenant_id', '=', tenantId).where('once_key', 'in', keys)
}
