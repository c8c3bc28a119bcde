import type { ConversationRecord } from '@candor/contracts/chat/schemas'
import type { EventFacts } from '@candor/events/listener'
import { isRestricted } from '@candor/events/restrictions'
import { queueMail } from '@candor/mail/queue-mail'
import type { Transaction } from 'kysely'
import { transcriptLetter } from '../documents/transcript-letter.ts'
import type { Business } from '../documents/transcript-letter.ts'
import { insertEntries } from '../store/entries.ts'
import { letterKey } from '../store/letters.ts'
import type { Database } from '../store/tables.ts'
import { countArchivedFor, insertTranscript } from '../store/transcripts.ts'
import { accountOf } from './account.ts'
import { getBusiness } from './business.ts'
import { countChat } from './count-chat.ts'
import type { Deps } from './deps.ts'

/** Asks chat for the conversation, and identity for the sender's name where a letter will be written. */
export async function fetchConversation(
  deps: Deps,
  tenantId: string,
  conversationId: string,
): Promise<Fetched> {
  const record = await deps.chat.getConversationRecord.query({ tenantId, conversationId })
  return { record, business: record?.contact.email ? await getBusiness(deps, tenantId) : null }
}

/**
 * Stores a conversation that has ended and queues its letter if an address was given: once, whatever is delivered
 * again. One that chat no longer has was erased meanwhile.
 */
export async function archiveConversation(
  deps: Deps,
  trx: Transaction<Database>,
  facts: EventFacts,
  { record, business }: Fetched,
): Promise<void> {
  if (!record) return
  const { tenantId, occurredAt } = facts
  const now = deps.clock.now()
  const inserted = await insertTranscript(trx, tenantId, {
    ...record,
    startedAt: new Date(record.startedAt),
    closedAt: record.closedAt ? new Date(record.closedAt) : occurredAt,
    archivedAt: now,
  })
  if (!inserted) return
  await insertEntries(trx, tenantId, record.conversationId, record.messages)
  await countChat(trx, tenantId, record, now)
  // Only a chat is new to who reads it: a mail lies in their mailbox, and notes of a call are the business's own.
  const to = record.channel === 'chat' ? record.contact.email : null
  if (!to || !business || (await isFlooded(trx, tenantId, to, now))) return
  if (await isRestricted(trx, record.visitorId, 'mail-copies')) return
  const letter = transcriptLetter(accountOf(record), business, deps.publicUrl)
  await queueMail(trx, {
    ...letter,
    tenantId,
    to,
    subjectId: record.visitorId,
    recordId: record.conversationId,
    now,
    newId: deps.newId,
    onceKey: letterKey(record.conversationId, 0),
  })
}

/** An address may be another's, and closing conversations must not become a way to fill its mailbox. */
async function isFlooded(
  trx: Transaction<Database>,
  tenantId: string,
  to: string,
  now: Date,
): Promise<boolean> {
  const since = new Date(now.getTime() - 3_600_000)
  return (await countArchivedFor(trx, tenantId, to, since)) > lettersPerHour
}

const lettersPerHour = 5

interface Fetched {
  record: ConversationRecord | null
  business: Business | null
}
