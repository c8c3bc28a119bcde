import type { instructed } from '@candor/contracts/privacy/schemas'
import type { CategoryId } from '@candor/contracts/policy/categories'
import type { Breach } from '@candor/contracts/privacy/breaches'
import type { PrivacyCase } from '@candor/contracts/privacy/cases'
import type { Disclosure } from '@candor/contracts/privacy/disclosures'
import type { AcceptedAgreement } from '@candor/contracts/privacy/registers'
import type { ColumnType } from 'kysely'

/** The tables of the registers a business keeps. */
export interface RegisterTables {
  /** What a business had done to its contacts; what it did to each is a request of its own, but for adding. */
  instructions: {
    id: string
    tenant_id: string
    does: (typeof instructed)[number]
    staff_id: string
    items: number
    /** Of those to be added: how many are new. */
    added: number | null
    opened_at: Date
    stopped_at: Date | null
    jws: string | null
  }
  cases: {
    id: string
    tenant_id: string
    /** Given to who opened it; as good as a secret. */
    reference: string
    topic: PrivacyCase['topic']
    state: PrivacyCase['state']
    name: string | null
    email: string | null
    message: string
    answer: string | null
    opened_at: Date
    answered_at: Date | null
    closed_at: Date | null
  }
  disclosures: {
    id: string
    tenant_id: string
    state: Disclosure['state']
    authority: string
    reference: string
    ground: string
    sealed_email: Buffer
    /** By which the access answer finds what concerns its person. */
    address_hash: Buffer
    categories: Json<CategoryId[]>
    silence: ColumnType<Disclosure['silence'], string | null, string | null>
    requested_by: string
    requested_at: Date
    decided_by: string | null
    decided_at: Date | null
    exported_by: string | null
    exported_at: Date | null
  }
  breaches: {
    id: string
    tenant_id: string
    noticed_at: Date
    what: string
    categories: Json<CategoryId[]>
    people: number | null
    risk: Breach['risk']
    measures: string
    authority_notified_at: Date | null
    people_notified_at: Date | null
    closed_at: Date | null
  }
  /** Breaches, of whatever tenant, of which the authority has yet to hear. */
  breach_deadlines: {
    breach_id: string
    tenant_id: string
    at: Date
  }
  agreements: {
    tenant_id: string
    agreement: AcceptedAgreement['agreement']
    version: string
    accepted_at: Date
    accepted_by: string
  }
  acknowledgements: {
    tenant_id: string
    user_id: string
    version: string
    acknowledged_at: Date
  }
}

type Json<T> = ColumnType<T, string, string>
