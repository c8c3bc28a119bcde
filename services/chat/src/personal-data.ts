import { dataMap, keep, personal, technical, technicalTable } from '@candor/personal-data/data-map'
import { mailTablesMap } from '@candor/mail/data-map'
import { eventTablesMap } from '@candor/personal-data/event-tables'
import { staffAccountReason } from '@candor/policy/categories'

const ofStaff = { of: 'staff', onErasure: keep(staffAccountReason) } as const
const visitorRow = { of: 'visitor', onErasure: 'delete' } as const

/** Every column the chat service stores, and whose it is. */
export const chatData = dataMap('chat', {
  ...eventTablesMap,
  ...mailTablesMap,
  mail_queue: {
    ...mailTablesMap.mail_queue!,
    expires: { table: 'conversations', column: 'record_id', key: 'id' },
  },
  staff: {
    subjects: { staff: { by: { userIds: 'user_id' } } },
    lives: 'as long as the account of the member of staff',
    columns: {
      tenant_id: technical,
      user_id: personal('staff-name', ofStaff),
      name: personal('staff-name', { ...ofStaff, corrects: 'name' }),
    },
  },
  contacts: {
    subjects: { visitor: { by: { visitorIds: 'visitor_id', emails: 'email' } } },
    clock: 'updated_at',
    together: 'person_id',
    keptBy: { table: 'conversations', column: 'contact_id', key: 'person_id' },
    emptied: { name: 'null', email: 'null', phone: 'null', details: 'null' },
    foundByAddress: true,
    columns: {
      ...technicalTable('id', 'tenant_id', 'merged_into', 'person_id', 'updated_at').columns,
      visitor_id: personal('contact-details', visitorRow),
      name: personal('contact-details', { ...visitorRow, corrects: 'name' }),
      email: personal('contact-details', { ...visitorRow, corrects: 'email' }),
      phone: personal('contact-details', { ...visitorRow, corrects: 'phone' }),
      details: personal('contact-details', visitorRow),
      origin: personal('contact-details', visitorRow),
      created_at: personal('contact-details', visitorRow),
    },
  },
  conversations: {
    subjects: {
      visitor: { through: 'contacts', column: 'contact_id', key: 'id' },
      staff: { by: { userIds: 'assignee_id' } },
    },
    // One that nobody ever closed counts from the last thing written in it.
    clock: ['closed_at', 'updated_at'],
    soughtBy: ['closed_at', 'changed_about'],
    record: 'conversation',
    channel: 'retention_class',
    emptied: { page: 'null', last_text: 'null', assignee_id: 'null' },
    columns: {
      ...technicalTable(
        'id',
        'tenant_id',
        'contact_id',
        'retention_class',
        'assignee_id',
        'start_key',
        'last_seq',
      ).columns,
      ...technicalTable('text_bytes', 'staff_delivered', 'staff_read', 'updated_at', 'changed_about').columns,
      visitor_id: personal('usage-facts', visitorRow),
      assignee_id: personal('staff-name', ofStaff),
      status: personal('usage-facts', visitorRow),
      page: personal('usage-facts', visitorRow),
      last_text: personal('conversation', visitorRow),
      visitor_delivered: personal('usage-facts', visitorRow),
      visitor_read: personal('usage-facts', visitorRow),
      started_at: personal('usage-facts', visitorRow),
      closed_at: personal('usage-facts', visitorRow),
    },
  },
  messages: {
    subjects: {
      visitor: { through: 'conversations', column: 'conversation_id', key: 'id' },
      staff: { by: { userIds: 'author_id' } },
    },
    expires: { table: 'conversations', column: 'conversation_id', key: 'id' },
    emptied: { text: 'word', author_id: 'null' },
    columns: {
      ...technicalTable(
        'id',
        'tenant_id',
        'conversation_id',
        'retention_class',
        'seq',
        'author_id',
        'client_message_id',
      ).columns,
      author_id: personal('staff-name', ofStaff),
      author_kind: personal('conversation', visitorRow),
      text: personal('conversation', visitorRow),
      notice: personal('conversation', visitorRow),
      created_at: personal('conversation', visitorRow),
    },
  },
  mails: {
    subjects: { visitor: { through: 'conversations', column: 'conversation_id', key: 'id' } },
    expires: { table: 'conversations', column: 'conversation_id', key: 'id' },
    emptied: { subject: 'null' },
    columns: {
      ...technicalTable('tenant_id', 'conversation_id').columns,
      message_id: personal('conversation', visitorRow),
      subject: personal('conversation', visitorRow),
      created_at: personal('conversation', visitorRow),
    },
  },
  visitor_consents: {
    subjects: { visitor: { by: { visitorIds: 'visitor_id' } } },
    clock: 'changed_at',
    columns: {
      tenant_id: technical,
      visitor_id: personal('consent-records', visitorRow),
      given: personal('consent-records', visitorRow),
      changed_at: personal('consent-records', visitorRow),
    },
  },
  // Numbers of a day and a page: no visitor, session, address or browser stands in or behind them.
  visit_counts: technicalTable('tenant_id', 'day', 'page', 'views', 'visits', 'returned'),
  cookie_yields: {
    subjects: { visitor: { by: { visitorIds: 'visitor_id' } } },
    clock: 'created_at',
    columns: {
      ...technicalTable('id', 'tenant_id').columns,
      visitor_id: personal('cookie-yield', visitorRow),
      campaign: personal('cookie-yield', visitorRow),
      created_at: personal('cookie-yield', visitorRow),
    },
  },
})
