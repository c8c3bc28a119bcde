import { z } from 'zod'
import { services } from '../callers.ts'
import { Processing } from '../data-holder.ts'
import { CorrectableField } from '../data-holder.ts'
import { Email, Id, printable, prose, Slug, Time } from '../fields.ts'
import { identityProofs, RequestKind } from '../policy/policy.ts'

/**
 * `awaiting-proof` -> `in-progress` -> `completed`. Where the law leaves a decision to the business it stands in
 * `awaiting-decision` between, and may end as `refused`. One that nobody proves lapses.
 */
export const requestStates = [
  'awaiting-proof',
  'awaiting-decision',
  'in-progress',
  'completed',
  'refused',
  'lapsed',
] as const
export const RequestState = z.enum(requestStates)
export type RequestState = z.infer<typeof RequestState>

/** The way a request came in. */
export const RequestSource = z.enum(['page', 'widget', 'console', 'staff', 'mail'])
export type RequestSource = z.infer<typeof RequestSource>

export const IdentityProof = z.enum(identityProofs)
export type IdentityProof = z.infer<typeof IdentityProof>

/** What is wrong and what it should be. `from` is null where nothing is held and something should be. */
export const Correction = z.object({
  field: CorrectableField,
  from: printable(1, 254).nullable(),
  to: printable(1, 254),
})
export type Correction = z.infer<typeof Correction>

/** What a person objects to; `reason` is their own situation, which the law asks for except with marketing. */
export const Objection = z.object({
  processing: z
    .array(Processing.exclude(['everything']))
    .min(1)
    .max(3),
  reason: prose(0, 2_000).default(''),
})
export type Objection = z.infer<typeof Objection>

/** The account that is said to be a minor's, and who says so. */
export const MinorReport = z.object({ email: Email, reporter: z.enum(['self', 'parent', 'staff', 'other']) })
export type MinorReport = z.infer<typeof MinorReport>

/** What a request needs beside its kind; only the one its kind asks for is read. */
export const RequestDetails = z.object({
  correction: Correction.optional(),
  objection: Objection.optional(),
  minor: MinorReport.optional(),
})
export type RequestDetails = z.infer<typeof RequestDetails>

export const PrivacyRequest = z.object({
  id: Id,
  kind: RequestKind,
  state: RequestState,
  /** Null: asked of every business that knows the address. */
  business: z.object({ name: z.string(), slug: Slug }).nullable(),
  source: RequestSource,
  /** Whether the person asked Candor itself, which passed it on to every business that knows the proven address. */
  isDirect: z.boolean(),
  openedAt: Time,
  /** How identity was proven; the document of a `document-check` is kept nowhere. */
  proof: z.object({ how: IdentityProof, at: Time }).nullable(),
  /** Counted from proof, as the notice promises for its kind. */
  dueAt: Time.nullable(),
  extension: z.object({ at: Time, reason: z.string() }).nullable(),
  decision: z.object({ outcome: z.enum(['approved', 'refused']), at: Time, reason: z.string() }).nullable(),
  completedAt: Time.nullable(),
  /** For what lasts (a restriction, an objection, a deactivation): since when and until when it holds. */
  inForce: z.object({ since: Time, until: Time.nullable() }).nullable(),
  /** Told to the requester and to those who decide; forgotten when the request ends. */
  details: RequestDetails.nullable(),
  /** `by` is the member of staff who did it, and told to staff alone. */
  history: z.array(z.object({ at: Time, what: z.string(), note: z.string().nullable(), by: Id.nullable() })),
  /** How far each service is with an erasure. */
  progress: z.array(
    z.object({ service: z.enum(services), done: z.array(z.enum(['hidden', 'erased', 'verified'])) }),
  ),
  hasReceipt: z.boolean(),
})
export type PrivacyRequest = z.infer<typeof PrivacyRequest>
