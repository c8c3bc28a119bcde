import type { NewId } from '@candor/runtime/ids'
import type { Transaction } from 'kysely'
import type { MailTables } from './tables.ts'

/**
 * Queues a letter as part of the transaction that gives rise to it. Answers false where a letter of the same
 * `onceKey` was queued before: it is not sent twice.
 */
export async function queueMail(trx: Transaction<any>, letter: Letter): Promise<boolean> {
  const mail = trx as Transaction<MailTables>
  const id = letter.newId()
  const { tenantId, onceKey, to, subject, text, html, now } = letter
  const { numInsertedOrUpdatedRows } = await mail
    .insertInto('mail_queue')
    .values({
      id,
      tenant_id: tenantId,
      once_key: onceKey,
      record_id: letter.recordId ?? null,
      to_address: to,
      subject_id: letter.subjectId ?? null,
      subject,
      text,
      html,
      unsubscribe_url: letter.unsubscribeUrl ?? null,
      from_address: letter.from ?? null,
      answers: letter.answers?.map((answered) => `<${answered}>`).join(' ') || null,
      created_at: now,
      sent_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (Number(numInsertedOrUpdatedRows) === 0) return false
  await mail
    .insertInto('mail_schedule')
    .values({ mail_id: id, tenant_id: tenantId, due_at: now, attempts: 0 })
    .execute()
  return true
}

export interface Letter {
  tenantId: string
  onceKey: string
  to: string
  /** What it tells of, if anything: it goes with it. */
  recordId?: string | null
  /** The visitor it is about, if any. */
  subjectId?: string | null
  subject: string
  text: string
  html: string
  /** For letters that somebody may stop: answers a POST, without a sign-in (RFC 8058). */
  unsubscribeUrl?: string
  /** Whom it comes from, where that is not the platform. */
  from?: string
  /** Message-IDs of the mails it answers, oldest first. */
  answers?: readonly string[]
  newId: NewId
  now: Date
}
