import type { Processing } from '@candor/contracts/data-holder'
import type { TenantRules } from '@candor/contracts/policy/tenant-rules'
import type { ColumnType, Generated } from 'kysely'

/** The tables by which facts leave and enter a service; each service's `Database` type includes them. */
export interface EventTables {
  outbox: OutboxTable
  inbox: InboxTable
  parked_events: ParkedEventsTable
  tombstones: TombstonesTable
  erasure_reports: ErasureReportsTable
  tenant_rules: TenantRulesTable
  restrictions: RestrictionsTable
  ledger_position: LedgerPositionTable
}

interface OutboxTable {
  id: string
  /** Order of writing; inside one stream key also the order of commits, since its row lock is held until then. */
  position: Generated<number>
  tenant_id: string
  type: string
  stream_key: string
  subject_id: string | null
  occurred_at: Date
  traceparent: string | null
  payload: unknown
  published_at: Date | null
  /** Where the broker stored it: by it the relay notices a broker that has lost what it had. */
  stream_seq: number | null
}

interface InboxTable {
  event_id: string
  tenant_id: string
  outcome: 'applied' | 'ignored' | 'refused'
  handled_at: Date
}

interface ParkedEventsTable {
  event_id: string
  /** Order of parking: in one stream, the order of commits. */
  position: Generated<number>
  tenant_id: string
  type: string
  stream_key: string
  subject_id: string | null
  envelope: unknown
  error: string
  attempts: number
  parked_at: Date
}

/** One row a person who was erased here: a hash of a random id, from which nothing leads back. */
interface TombstonesTable {
  tenant_id: string
  subject_hash: Buffer
  request_id: string
  buried_at: Date
}

/** What an erasure did here, in counts: a repeat after a crash answers it instead of nothing. */
interface ErasureReportsTable {
  request_id: string
  tenant_id: string
  report: unknown
  erased_at: Date
}

/** The newest rules of a tenant that this service has seen: what it obeys while the broker is away. */
interface TenantRulesTable {
  tenant_id: string
  revision: number
  rules: ColumnType<TenantRules, string, string>
  seen_at: Date
}

/** What a person had stopped here by which request. */
interface RestrictionsTable {
  tenant_id: string
  subject_id: string
  processing: Processing
  request_id: string
  since: Date
}

/** One row: up to where of which stream this database knows who was erased. */
interface LedgerPositionTable {
  the_only: Generated<boolean>
  stream_created: string
  last_seq: number
}
