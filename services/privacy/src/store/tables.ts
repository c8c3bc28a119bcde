import type { ErasureReport, ResidueReport } from '@candor/contracts/data-holder'
import type { ServiceName } from '@candor/contracts/callers'
import type { PublicKey } from '@candor/contracts/identity/schemas'
import type { PrivacyRequest } from '@candor/contracts/privacy/schemas'
import type { EventTables } from '@candor/events/tables'
import type { MailTables } from '@candor/mail/tables'
import type { ColumnType } from 'kysely'

export type Database = Tables & EventTables & MailTables

interface Tables {
  requests: {
    id: string
    tenant_id: string
    /** Shared by all requests of one proven address; null until the address is proven. */
    person_id: string | null
    business_name: string
    business_slug: string
    kind: PrivacyRequest['kind']
    state: PrivacyRequest['state']
    opened_at: Date
    proven_at: Date | null
    due_at: Date | null
    /** When it was completed, or lapsed. */
    ended_at: Date | null
  }
  /** The address of a request. Deleted when the request lapses or an erasure of the same address completes. */
  sealed_addresses: {
    request_id: string
    tenant_id: string
    person_id: string | null
    sealed: Buffer
    address_hash: Buffer
    sealed_at: Date
  }
  proofs: {
    request_id: string
    tenant_id: string
    proof_hash: Buffer
    expires_at: Date
    used_at: Date | null
    failures: number
    failed_at: Date | null
  }
  /** For each open request the next moment that matters, whatever its tenant. */
  request_deadlines: {
    request_id: string
    tenant_id: string
    what: 'prove' | 'serve'
    at: Date
  }
  /** An erasure under way; deleted with its completion. */
  erasures: {
    request_id: string
    tenant_id: string
    sealed_subject: Buffer
    /** Counts from 1; a residue begins the next. */
    round: number
  }
  request_steps: {
    request_id: string
    tenant_id: string
    service: ServiceName
    step: Step
    /** Null while a later round has it to do again. */
    done_at: Date | null
    report: ColumnType<StepReport, string, string>
  }
  saga_queue: {
    request_id: string
    tenant_id: string
    due_at: Date
    attempts: number
    /** Whose turn it is: a driver writes only while its own lease stands here. */
    lease: string | null
    leased_until: Date | null
  }
  receipts: {
    request_id: string
    tenant_id: string
    jws: string
    issued_at: Date
  }
  signing_keys: {
    kid: string
    public_key: ColumnType<PublicKey, string, string>
    sealed_private: Buffer
    created_at: Date
  }
}

export type Step = 'located' | 'hidden' | 'erased' | 'verified'

/** What a service answered to a step: counts and names of tables, nothing about the person. */
export type StepReport = Partial<ErasureReport> &
  Partial<Pick<ResidueReport, 'columnsSearched'>> & { buried?: number }
