import { personal, technicalTable } from '@candor/personal-data/data-map'
import type { TableMap } from '@candor/personal-data/data-map'

const ofAddressee = { of: 'visitor', onErasure: 'delete' } as const

/** A letter belongs to whoever it is addressed to; once sent, only the fact that it was sent is left. */
export const mailTablesMap: Record<string, TableMap> = {
  mail_queue: {
    subjects: { visitor: { by: { emails: 'to_address', visitorIds: 'subject_id' } } },
    clock: 'created_at',
    columns: {
      ...technicalTable('id', 'tenant_id', 'once_key', 'created_at', 'sent_at').columns,
      subject_id: personal('mail-queue', ofAddressee),
      to_address: personal('mail-queue', ofAddressee),
      subject: personal('mail-queue', ofAddressee),
      text: personal('mail-queue', ofAddressee),
      html: personal('mail-queue', ofAddressee),
    },
  },
  mail_schedule: technicalTable('mail_id', 'tenant_id', 'due_at', 'attempts'),
}
