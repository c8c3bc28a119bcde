import { personal, published, technicalTable } from '@candor/personal-data/data-map'
import type { TableMap } from '@candor/personal-data/data-map'

const ofAddressee = { of: 'visitor', onErasure: 'delete' } as const

/** A letter belongs to whoever it is addressed to; once sent, only the fact that it was sent is left. */
export const mailTablesMap: Record<string, TableMap> = {
  mail_queue: {
    subjects: { visitor: { by: { emails: 'to_address', visitorIds: 'subject_id' } } },
    clock: 'created_at',
    after: { period: { days: 60 }, because: 'until then a letter that is asked for again is not sent twice' },
    emptied: {
      subject_id: 'null',
      to_address: 'null',
      subject: 'null',
      text: 'null',
      html: 'null',
      unsubscribe_url: 'null',
      answers: 'null',
    },
    columns: {
      ...technicalTable('id', 'tenant_id', 'once_key', 'record_id', 'created_at', 'sent_at').columns,
      from_address: published('the address at which the business is written to'),
      answers: personal('mail-queue', ofAddressee),
      subject_id: personal('mail-queue', ofAddressee),
      to_address: personal('mail-queue', { ...ofAddressee, corrects: 'email' }),
      subject: personal('mail-queue', ofAddressee),
      text: personal('mail-queue', ofAddressee),
      html: personal('mail-queue', ofAddressee),
      unsubscribe_url: personal('mail-queue', ofAddressee),
    },
  },
  mail_schedule: {
    ...technicalTable('mail_id', 'tenant_id', 'due_at', 'attempts'),
    expires: { table: 'mail_queue', column: 'mail_id', key: 'id' },
  },
}
