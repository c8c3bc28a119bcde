import { eventTablesMap } from '@candor/personal-data/event-tables'
import { dataMap, keep, personal, technicalTable } from '@candor/personal-data/data-map'
import { mailTablesMap } from '@candor/mail/data-map'
import { staffAccountReason } from '@candor/policy/categories'

const ofStaff = { of: 'staff', onErasure: keep(staffAccountReason) } as const
const ofVisitor = { of: 'visitor', onErasure: 'delete' } as const

const figures = { of: 'usage-facts', words: ['measure', 'part'] } as const

/** Every column of this service. The word index is made of expressions, so it holds no column of its own. */
export const transcriptsData = dataMap('transcripts', {
  ...eventTablesMap,
  ...mailTablesMap,
  mail_queue: {
    ...mailTablesMap.mail_queue!,
    expires: { table: 'transcripts', column: 'record_id', key: 'conversation_id' },
  },
  transcripts: {
    subjects: { visitor: { by: { visitorIds: 'visitor_id', emails: 'contact_email' } } },
    clock: 'closed_at',
    record: 'conversation',
    channel: 'channel',
    emptied: { contact_name: 'null', contact_email: 'null' },
    foundByAddress: true,
    columns: {
      ...technicalTable('tenant_id', 'conversation_id', 'archived_at', 'copies').columns,
      visitor_id: personal('usage-facts', ofVisitor),
      channel: personal('usage-facts', ofVisitor),
      contact_id: personal('contact-details', ofVisitor),
      contact_name: personal('contact-details', { ...ofVisitor, corrects: 'name' }),
      contact_email: personal('contact-details', { ...ofVisitor, corrects: 'email' }),
      is_rated: personal('usage-facts', ofVisitor),
      started_at: personal('usage-facts', ofVisitor),
      closed_at: personal('usage-facts', ofVisitor),
    },
  },
  transcript_entries: {
    subjects: {
      visitor: { through: 'transcripts', column: 'conversation_id', key: 'conversation_id' },
      staff: { by: { userIds: 'author_user_id' } },
    },
    expires: { table: 'transcripts', column: 'conversation_id', key: 'conversation_id' },
    emptied: { author_user_id: 'null', author_name: 'null', text: 'word' },
    columns: {
      ...technicalTable('tenant_id', 'conversation_id', 'seq').columns,
      author_kind: personal('conversation', ofVisitor),
      author_user_id: personal('staff-name', ofStaff),
      author_name: personal('staff-name', { ...ofStaff, corrects: 'name' }),
      text: personal('conversation', ofVisitor),
      notice: personal('conversation', ofVisitor),
      created_at: personal('conversation', ofVisitor),
    },
  },
  // Numbers of a day or of none: no person, conversation or moment stands in or behind them.
  chat_days: {
    ...technicalTable('tenant_id', 'day', 'chats', 'day_ends'),
    figures: { of: 'usage-facts', words: [] },
    clock: 'day_ends',
  },
  chat_counts: {
    ...technicalTable('tenant_id', 'day', 'measure', 'part', 'chats', 'day_ends'),
    figures,
    clock: 'day_ends',
  },
  // Fewer than make a group, of no day: the next chats take them along.
  chat_counts_gathering: { ...technicalTable('tenant_id', 'measure', 'part', 'chats'), figures },
})
