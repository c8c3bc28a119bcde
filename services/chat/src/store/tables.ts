import type { ContactDetail } from '@candor/contracts/chat/schemas'
import type { Channel, ConsentPurpose } from '@candor/contracts/policy/categories'
import type { MailTables } from '@candor/mail/tables'
import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { EventTables } from '@candor/events/tables'

/** The chat service's tables. */
export interface Database extends EventTables, MailTables {
  /** Names of staff, copied from identity so that a conversation shows who answered while identity is away. */
  staff: { tenant_id: string; user_id: string; name: string }
  contacts: ContactsTable
  conversations: ConversationsTable
  messages: MessagesTable
  mails: MailsTable
  /** What each visitor has agreed to, copied from privacy so that it is obeyed while privacy is away. */
  visitor_consents: { tenant_id: string; visitor_id: string; given: ConsentPurpose[]; changed_at: Date }
  visit_counts: {
    tenant_id: string
    day: string
    page: string
    views: number
    visits: number
    returned: number
  }
  cookie_yields: { id: string; tenant_id: string; visitor_id: string; campaign: string; created_at: Date }
}

/** A mail of a conversation, in or out: by its Message-ID it is taken once, and what answers it finds the conversation. */
interface MailsTable {
  tenant_id: string
  message_id: string
  conversation_id: string
  subject: string | null
  created_at: Date
}

interface ContactsTable {
  id: string
  tenant_id: string
  visitor_id: string
  name: string | null
  email: string | null
  phone: string | null
  /** Whose session it was made in; one that staff or a mail made has none. */
  origin: Generated<'visitor' | 'staff'>
  details: ColumnType<ContactDetail[] | null, string | null | undefined, string | null>
  /** The contact that staff made of this one and another; what is left here is an address and whose it is. */
  merged_into: Generated<string | null>
  /** The contact that stands for the person: `merged_into`, else its own id. */
  person_id: GeneratedAlways<string>
  created_at: Date
  updated_at: Date
}

interface ConversationsTable {
  id: string
  tenant_id: string
  visitor_id: string
  contact_id: string
  /** The channel by which it came. */
  retention_class: Channel
  status: 'waiting' | 'open' | 'closed'
  assignee_id: string | null
  page: string | null
  /** The client's id for its first message: a repeated start finds the same conversation by it. */
  start_key: string | null
  last_seq: number
  last_text: string | null
  text_bytes: Generated<number>
  visitor_delivered: number
  visitor_read: number
  staff_delivered: number
  staff_read: number
  started_at: Date
  updated_at: Date
  closed_at: Date | null
}

interface MessagesTable {
  id: string
  tenant_id: string
  conversation_id: string
  retention_class: Channel
  seq: number
  author_kind: 'visitor' | 'staff' | 'system'
  author_id: string | null
  text: string
  notice: 'taken' | 'closed' | null
  client_message_id: string
  created_at: Date
}
