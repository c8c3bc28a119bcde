import type { CorrectedColumn, ErasureReport, ResidueReport } from '@candor/contracts/data-holder'
import type { LedgerEntry } from '@candor/contracts/erasure-ledger'
import type { ServiceName } from '@candor/contracts/callers'
import type { CategoryId } from '@candor/contracts/policy/categories'
import type { Policy } from '@candor/contracts/policy/policy'
import type { PackId, PolicyVersion } from '@candor/contracts/policy/tenant-rules'
import type { ExpiredCount } from '@candor/contracts/privacy/notice-schemas'
import type { PublicKey } from '@candor/contracts/identity/schemas'
import type { ConsentPurpose } from '@candor/contracts/policy/categories'
import type { AuditEntry } from '@candor/contracts/privacy/audit'
import type { ConsentSource } from '@candor/contracts/privacy/consent-schemas'
import type { IdentityProof, PrivacyRequest, RequestSource } from '@candor/contracts/privacy/request-shapes'
import type { EventTables } from '@candor/events/tables'
import type { MailTables } from '@candor/mail/tables'
import type { ColumnType, Generated } from 'kysely'
import type { RegisterTables } from './register-tables.ts'

export type Database = Tables & RegisterTables & EventTables & MailTables

interface Tables {
  /** Signed, with all that they say inside. */
  disposal_receipts: { id: string; tenant_id: string; jws: string }
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
    /** When it was completed or refused, or lapsed. */
    ended_at: Date | null
    source: RequestSource
    is_direct: boolean
    proof_how: IdentityProof | null
    extended_at: Date | null
    extension_reason: string | null
    decision: 'approved' | 'refused' | null
    decided_at: Date | null
    decision_reason: string | null
    in_force_since: Date | null
    in_force_until: Date | null
    instruction_id: string | null
  }
  /** What a request needs beside its kind, sealed. Deleted when the request ends. */
  request_details: { request_id: string; tenant_id: string; sealed: Buffer }
  /** What was done to a request beyond what its own times tell. */
  request_notes: {
    id: string
    request_id: string
    tenant_id: string
    at: Date
    what: string
    note: string | null
    staff_id: string | null
  }
  /** When a request goes on by itself, whatever its tenant. */
  request_timers: { request_id: string; tenant_id: string; what: 'act' | 'lift'; at: Date }
  /** The request at each business that one asked of all of them became. */
  request_parts: {
    parent_id: string
    tenant_id: string
    part_tenant_id: string
    part_id: string
    passed_on_at: Date
  }
  /** The proven or claimed address of a request, or the session it was opened in. Deleted when the request lapses or an erasure of the same address completes. */
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
  /** Work under way in the services, an erasure or another plan; deleted with its completion. */
  erasures: {
    request_id: string
    tenant_id: string
    sealed_subject: Buffer
    /** Counts from 1; a residue begins the next. */
    round: number
    plan: Generated<Plan>
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
    /** What is one of many waits for what somebody asked for. */
    rank: Generated<number>
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
  policy_drafts: {
    tenant_id: string
    pack: PackId
    policy: ColumnType<Policy, string, string>
    saved_at: Date
  }
  /** What a business published. Version 1, the pack every business starts with, needs no row. */
  notice_versions: {
    tenant_id: string
    version: number
    pack: PackId
    policy: ColumnType<Policy, string, string>
    revised_at: Date
    effective_at: Date
    is_significant: boolean
    announced_by: Policy['announcements']
    /** What the preview that was confirmed said would go; null where nothing had to be confirmed. */
    confirmed: ColumnType<ExpiredCount[] | null, string | null, never>
  }
  notice_acknowledgements: {
    tenant_id: string
    user_id: string
    version: number
    acknowledged_at: Date
  }
  legal_holds: {
    tenant_id: string
    id: string
    category: CategoryId
    law: string
    owner: string
    until: Date | null
    placed_at: Date
    released_at: Date | null
  }
  /** Which rules of a tenant have reached the bucket, and which bucket that was. */
  rules_feed: {
    tenant_id: string
    revision: number
    published_revision: number | null
    published_into: string | null
  }
  /** When a hold is over: from then on erasures may go on. */
  hold_ends: { hold_id: string; tenant_id: string; ends_at: Date }
  /** Versions that are still to be mailed to the accounts. */
  announcements_due: { tenant_id: string; version: number; due_at: Date; attempts: number }
  /** A fact a row, in order and without a gap; the columns are the leaf. */
  audit_entries: { tenant_id: string; at: Date } & Omit<AuditEntry, 'at'>
  /** The full parts of the tree over the entries; level 0 holds the leaves. */
  audit_nodes: {
    tenant_id: string
    level: number
    index: number
    hash: Buffer
  }
  /** Every head that was handed out. */
  audit_heads: {
    tenant_id: string
    size: number
    jws: string
    signed_at: Date
  }
  /** Who used the chat and when; it outlives an erasure and ends at its own moment. */
  evidence_log: {
    id: string
    tenant_id: string
    name: string | null
    email: string
    used_at: Date
    expires_at: Date
  }
  evidence_deadlines: {
    evidence_id: string
    tenant_id: string
    at: Date
  }
  signing_keys: {
    kid: string
    public_key: ColumnType<PublicKey, string, string>
    sealed_private: Buffer
    created_at: Date
  }
  /** Accounts that businesses have closed. */
  closures: {
    tenant_id: string
    id: string
    business_name: string
    business_slug: string
    closed_by: string
    closed_at: Date
    ended_at: Date | null
    /** By which what a law keeps is kept on; nothing in them is the business's own words. */
    versions: ColumnType<PolicyVersion[], string, never>
    jws: string | null
  }
  /** Who was erased, as hashes, and into which stream that was told. */
  erasure_ledger: {
    id: string
    tenant_id: string
    entry: ColumnType<LedgerEntry, string, never>
    published_into: string | null
  }
  /** Which news is wanted at an address; `service_news` null: nothing was chosen. */
  marketing_preferences: {
    tenant_id: string
    email: string
    user_id: string | null
    visitor_id: string | null
    service_news: boolean | null
    offers: boolean
    confirmed_at: Date | null
    interested_at: Date
  }
  mailings: {
    id: string
    tenant_id: string
    kind: 'service-news' | 'campaign'
    subject: string
    instruction: string | null
    instructed_by: string
    instructed_at: Date
    queued: number
  }
  /** One of `visitor_id` and `user_id` is there; ids grow with time. */
  consent_log: {
    id: string
    tenant_id: string
    visitor_id: string | null
    user_id: string | null
    recorded_at: Date
    action: 'recorded' | 'withdrawn'
    source: ConsentSource
    text: string
    text_version: number
    given: ConsentPurpose[]
    refused: ConsentPurpose[]
    /** All purposes that may be followed from here on. */
    holds: ConsentPurpose[]
    do_not_track: boolean
    global_privacy_control: boolean
  }
}

/** What is to be done in the services for a request, each with steps of its own. */
export type Plan = 'erase' | 'correct' | 'restrict' | 'release' | 'deactivate' | 'pass-on' | 'close'

export type Step =
  | 'located'
  | 'hidden'
  | 'erased'
  | 'verified'
  | 'corrected'
  | 'restricted'
  | 'released'
  | 'deactivated'
  | 'passed-on'
  | 'closed'
  | 'settled'

/** What a service answered to a step: counts and names of tables, nothing about the person. */
export type StepReport = Partial<ErasureReport> &
  Partial<Pick<ResidueReport, 'columnsSearched'>> & { buried?: number; corrected?: CorrectedColumn[] }
