import type { ConversationRecord, Message } from '@candor/contracts/chat/schemas'
import type { Channel } from '@candor/contracts/policy/categories'
import type { TranscriptEntry } from '@candor/contracts/transcripts/schemas'
import type { Transaction } from 'kysely'
import { listEntries } from '../store/entries.ts'
import type { Database } from '../store/tables.ts'
import type { ArchivedTranscript } from '../store/transcripts.ts'

/** A conversation as it is handed out and written into documents, whether it is archived or still goes on. */
export interface Account {
  conversationId: string
  channel: Channel
  contact: { name: string | null; email: string | null }
  startedAt: string
  closedAt: string | null
  entries: AccountEntry[]
}

/** `notice` says that its author did something instead of writing. */
export type AccountEntry = TranscriptEntry & Pick<Message, 'notice'>

export function accountOf(
  record: Omit<ConversationRecord, 'visitorId' | 'status' | 'messages'> & { messages: Entry[] },
) {
  const { conversationId, channel, contact, startedAt, closedAt, messages } = record
  const { name, email } = contact
  const account: Account = {
    conversationId,
    channel,
    contact: { name, email },
    startedAt,
    closedAt,
    entries: [],
  }
  account.entries = messages.map(({ seq, author, text, notice, createdAt }) => {
    const named = author.kind === 'visitor' ? { ...author, name } : author
    return { seq, author: named, text: text || wordsOf(notice), notice, createdAt }
  })
  return account
}

export async function readAccount(
  trx: Transaction<Database>,
  tenantId: string,
  transcript: ArchivedTranscript,
): Promise<Account> {
  return accountOf({
    ...transcript,
    startedAt: transcript.startedAt.toISOString(),
    closedAt: transcript.closedAt.toISOString(),
    messages: await listEntries(trx, tenantId, transcript.conversationId),
  })
}

/** A notice comes without words of its own. */
function wordsOf(notice: Message['notice']): string {
  if (notice === 'taken') return 'Joined the conversation'
  return notice === 'closed' ? 'Closed the conversation' : ''
}

type Entry = Pick<Message, 'seq' | 'author' | 'text' | 'notice' | 'createdAt'>
