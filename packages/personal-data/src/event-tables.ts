import { keepEventsDays } from '@candor/events/republish-lost'
import { personal, published, technical, technicalTable } from './data-map.ts'
import type { TableMap } from './data-map.ts'

const idsOnly = 'ids and facts only; the relay and the consumers serve all tenants at once'

/** Longer than outbox and stream together can hold an event, whichever of them is restored from a copy. */
const rememberDays = 60

/** The map of the tables that `events` brings into every service. */
export const eventTablesMap: Record<string, TableMap> = {
  outbox: {
    subjects: { visitor: { by: { visitorIds: 'subject_id' } } },
    clock: 'published_at',
    after: { period: { days: keepEventsDays }, because: 'the broker keeps them no longer either' },
    open: idsOnly,
    columns: {
      ...technicalTable(
        'id',
        'position',
        'tenant_id',
        'type',
        'stream_key',
        'occurred_at',
        'traceparent',
        'payload',
      ).columns,
      ...technicalTable('published_at', 'stream_seq').columns,
      subject_id: personal('usage-facts', { of: 'visitor', onErasure: 'null' }),
    },
  },
  inbox: {
    ...technicalTable('event_id', 'tenant_id', 'outcome', 'handled_at'),
    outlives: { reason: 'No event is handled twice' },
    clock: 'handled_at',
    after: { period: { days: rememberDays }, because: 'no broker tells an event again that long after' },
  },
  parked_events: {
    subjects: { visitor: { by: { visitorIds: 'subject_id' } } },
    clock: 'parked_at',
    open: idsOnly,
    columns: {
      ...technicalTable(
        'event_id',
        'position',
        'tenant_id',
        'type',
        'stream_key',
        'error',
        'attempts',
        'parked_at',
      ).columns,
      subject_id: personal('usage-facts', { of: 'visitor', onErasure: 'delete' }),
      envelope: personal('usage-facts', { of: 'visitor', onErasure: 'delete' }),
    },
  },
  tenant_rules: {
    outlives: { reason: 'Says that the account is closed, and how long is kept what a law keeps of it' },
    columns: {
      ...technicalTable('tenant_id', 'revision', 'seen_at').columns,
      rules: published('What a business announces in its notice, and who answers for what it must keep'),
    },
  },
  restrictions: {
    subjects: { visitor: { by: { visitorIds: 'subject_id', userIds: 'subject_id' } } },
    lives: 'until it is lifted, or the person is erased',
    columns: {
      ...technicalTable('tenant_id', 'request_id').columns,
      subject_id: personal('rights-requests', { of: 'visitor', onErasure: 'delete' }),
      processing: personal('rights-requests', { of: 'visitor', onErasure: 'delete' }),
      since: personal('rights-requests', { of: 'visitor', onErasure: 'delete' }),
    },
  },
  disposals: technicalTable(
    'tenant_id',
    'day',
    'table_name',
    'category',
    'disposition',
    'policy_version',
    'records',
    'over_by',
  ),
  ledger_position: technicalTable('the_only', 'stream_created', 'last_seq'),
  erasure_reports: {
    ...technicalTable('request_id', 'tenant_id', 'report', 'erased_at'),
    outlives: { reason: 'Counts of what was erased: proof that it was' },
  },
  tombstones: {
    outlives: { reason: 'Keep late messages and restored backups from bringing anybody back' },
    columns: { subject_hash: technical, tenant_id: technical, request_id: technical, buried_at: technical },
  },
}
