import type { EventTables } from '@candor/events/tables'
import type { Channel } from '@candor/contracts/policy/categories'
import type { Measure } from '@candor/contracts/transcripts/statistics'
import type { MailTables } from '@candor/mail/tables'
import type { Generated } from 'kysely'

export type Database = EventTables &
  MailTables & {
    transcripts: TranscriptsTable
    transcript_entries: TranscriptEntriesTable
    chat_counts_gathering: { tenant_id: string; measure: Measure; part: string; chats: number }
  }

interface TranscriptsTable {
  tenant_id: string
  conversation_id: string
  visitor_id: string
  contact_id: string
  /** The channel by which the conversation came. */
  channel: Channel
  contact_name: string | null
  contact_email: string | null
  started_at: Date
  closed_at: Date
  archived_at: Date
  /** How often staff had it mailed again; names the letters in the mail queue. */
  copies: number
  is_rated: Generated<boolean>
}

interface TranscriptEntriesTable {
  tenant_id: string
  conversation_id: string
  seq: number
  author_kind: 'visitor' | 'staff' | 'system'
  /** Null for staff who were erased. */
  author_user_id: string | null
  /** Of staff only: a visitor's name is the contact's, and stands in one place. */
  author_name: string | null
  text: string
  notice: 'taken' | 'closed' | null
  created_at: Date
}
