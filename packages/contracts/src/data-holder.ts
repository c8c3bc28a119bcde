import { z } from 'zod'
import { mutation, query } from './contract.ts'
import { Email, Id, Time } from './fields.ts'
import { categoryIds } from './policy/categories.ts'
import { Retention } from './policy/policy.ts'

const privacyOnly = ['privacy'] as const

/** How one data subject is known inside one tenant. Each service may add ids to it; none invents another key. */
export const SubjectRef = z.object({
  tenantId: Id,
  emails: z.array(z.string()).max(20),
  visitorIds: z.array(Id).max(5000),
  userIds: z.array(Id).max(20),
})
export type SubjectRef = z.infer<typeof SubjectRef>

/** Everything of one category that one table holds about a subject, with what GDPR article 15(1) asks for. */
export const Holding = z.object({
  table: z.string(),
  category: z.string(),
  title: z.string(),
  purposes: z.array(z.string()),
  legalBasis: z.string(),
  role: z.enum(['controller', 'processor']),
  recipients: z.array(z.string()),
  retention: z.string(),
  source: z.string(),
  records: z.array(z.record(z.string(), z.unknown())),
})
export type Holding = z.infer<typeof Holding>

/** What an erasure left, why, and until when. */
export const Kept = z.object({
  table: z.string(),
  category: z.string(),
  rows: z.number().int(),
  reason: z.string(),
  until: Time.nullable(),
})
export type Kept = z.infer<typeof Kept>

export const ErasedTable = z.object({
  table: z.string(),
  action: z.enum(['deleted', 'anonymised', 'redacted']),
  rows: z.number().int(),
})
export type ErasedTable = z.infer<typeof ErasedTable>

/** What an erasure has to leave for now, because of a legal hold. */
export const Held = z.object({
  table: z.string(),
  category: z.string(),
  rows: z.number().int(),
  law: z.string(),
  owner: z.string(),
  /** null: until somebody releases it. */
  until: Time.nullable(),
})
export type Held = z.infer<typeof Held>

/** With `held` the erasure is not finished: asked again once the holds are released, it goes on. */
export const ErasureReport = z.object({
  erased: z.array(ErasedTable),
  kept: z.array(Kept),
  held: z.array(Held).optional(),
})
export type ErasureReport = z.infer<typeof ErasureReport>

export const Residue = z.object({ table: z.string(), column: z.string(), rows: z.number().int() })
export type Residue = z.infer<typeof Residue>

export const ResidueReport = z.object({ columnsSearched: z.number().int(), residue: z.array(Residue) })
export type ResidueReport = z.infer<typeof ResidueReport>

export const ColumnDescription = z.object({
  table: z.string(),
  column: z.string(),
  personal: z.boolean(),
  category: z.string().nullable(),
  role: z.string().nullable(),
  onErasure: z.string().nullable(),
})
export type ColumnDescription = z.infer<typeof ColumnDescription>

/** Rows of one category and table that a sweep would take, and from when the oldest of them counts. */
export const Expiring = z.object({
  category: z.string(),
  table: z.string(),
  rows: z.number().int(),
  oldest: Time.nullable(),
})
export type Expiring = z.infer<typeof Expiring>

/** How long each category would be kept; what is not named is kept as published. */
export const RetentionDraft = z.partialRecord(z.enum(categoryIds), Retention)
export type RetentionDraft = z.infer<typeof RetentionDraft>

/** What a restriction or an objection stops. `everything` leaves nothing but storage (GDPR article 18(2)). */
export const Processing = z.enum(['everything', 'mail-copies', 'statistics', 'marketing'])
export type Processing = z.infer<typeof Processing>

export const CorrectableField = z.enum(['name', 'email', 'phone'])
export type CorrectableField = z.infer<typeof CorrectableField>

export const CorrectedColumn = z.object({ table: z.string(), column: z.string(), rows: z.number().int() })
export type CorrectedColumn = z.infer<typeof CorrectedColumn>

/** What one turn of erasing a business did. While it is not done it is asked again; with `held` it waits for holds. */
export const TenantErasure = ErasureReport.extend({ isDone: z.boolean() })
export type TenantErasure = z.infer<typeof TenantErasure>

const OfSubject = z.object({ subject: SubjectRef })

/** The procedures by which privacy reaches personal data; each service answers them from its data map alone. */
export const dataHolder = {
  describeData: query({
    summary: 'Every column the service stores, as its data map declares it.',
    access: privacyOnly,
    purpose: 'none',
    input: z.object({}),
    output: z.array(ColumnDescription),
  }),
  locateSubject: query({
    summary: 'Adds to a reference the ids under which this service knows the same person.',
    access: privacyOnly,
    purpose: 'serve-rights',
    input: OfSubject,
    output: SubjectRef,
  }),
  exportSubject: query({
    summary: 'Everything held about the person, by category.',
    access: privacyOnly,
    purpose: 'serve-rights',
    input: OfSubject,
    output: z.array(Holding),
  }),
  hideSubject: mutation({
    summary:
      'Makes the person invisible at once and refuses later writes about them. Repeating it changes nothing.',
    access: privacyOnly,
    purpose: 'serve-rights',
    input: z.object({ subject: SubjectRef, requestId: Id }),
    output: z.object({ hidden: z.number().int() }),
  }),
  eraseSubject: mutation({
    summary:
      'Deletes or anonymises what the data map says, all but what a legal hold is on. Repeating it gives the same report, and goes on where a hold has ended.',
    access: privacyOnly,
    purpose: 'serve-rights',
    input: z.object({ subject: SubjectRef, requestId: Id }),
    output: ErasureReport,
  }),
  countExpiring: query({
    summary: 'What a sweep at that time would take of what is held now, as published or under a draft.',
    access: privacyOnly,
    purpose: 'none',
    input: z.object({ tenantId: Id, asOf: Time, draft: RetentionDraft.optional() }),
    output: z.array(Expiring),
  }),
  correctSubject: mutation({
    summary:
      'Puts a right value in place of a wrong one wherever the data map says that field stands. Repeating it changes nothing.',
    access: privacyOnly,
    purpose: 'serve-rights',
    input: z.object({
      subject: SubjectRef,
      field: CorrectableField,
      from: z.string().nullable(),
      to: z.string(),
    }),
    output: z.array(CorrectedColumn),
  }),
  restrictSubject: mutation({
    summary: 'Stops the named processing of what is held about the person. Repeating it changes nothing.',
    access: privacyOnly,
    purpose: 'serve-rights',
    input: z.object({ subject: SubjectRef, requestId: Id, processing: z.array(Processing).min(1) }),
    output: z.object({ restricted: z.number().int() }),
  }),
  releaseSubject: mutation({
    summary: 'Lifts what the request had stopped. Repeating it changes nothing.',
    access: privacyOnly,
    purpose: 'serve-rights',
    input: z.object({ tenantId: Id, requestId: Id }),
    output: z.object({ released: z.number().int() }),
  }),
  findTenants: query({
    summary: 'The businesses that hold anything under an address, for a person who has proven it.',
    access: privacyOnly,
    purpose: 'serve-rights',
    input: z.object({ email: Email }),
    output: z.array(Id),
  }),
  describeTenant: query({
    summary:
      'What would stay here of a business that closes its account, each with its reason and end, and what is on hold.',
    access: privacyOnly,
    purpose: 'none',
    input: z.object({ tenantId: Id }),
    output: ErasureReport,
  }),
  eraseTenant: mutation({
    summary:
      'Deletes what is held of a business, all but what a law keeps and what a legal hold is on, for as long as a call may take.',
    access: privacyOnly,
    purpose: 'serve-rights',
    input: z.object({ tenantId: Id, requestId: Id }),
    output: TenantErasure,
  }),
  searchTenant: query({
    summary:
      'Looks for a business in every column of the database catalogue, but where the map says that it stays.',
    access: privacyOnly,
    purpose: 'serve-rights',
    input: z.object({ tenantId: Id }),
    output: ResidueReport,
  }),
  searchResidue: query({
    summary:
      "Looks for the person's identifiers in every column of the database catalogue, whatever the map says.",
    access: privacyOnly,
    purpose: 'serve-rights',
    input: OfSubject,
    output: ResidueReport,
  }),
} as const
