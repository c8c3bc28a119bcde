import { z } from 'zod'
import { AuditFact } from '../audit.ts'
import { admins, subject } from '../callers.ts'
import { query } from '../contract.ts'
import { Id, Limit, Time } from '../fields.ts'
import { PublicKey } from '../identity/schemas.ts'

const Position = z.number().int().min(0)
const Hash = z.string().regex(/^[0-9a-f]{64}$/)

/** A fact with its place in the log: the leaf is made of exactly these fields. */
export const AuditEntry = z.strictObject({ position: Position, ...AuditFact.shape })
export type AuditEntry = z.infer<typeof AuditEntry>

/** What the signature of a tree head covers: the whole log as it was then (RFC 6962, section 2.1). */
export const AuditHead = z.strictObject({ tenantId: Id, size: Position, root: Hash, signedAt: Time })
export type AuditHead = z.infer<typeof AuditHead>

export const SignedAuditHead = z.strictObject({ head: AuditHead, jws: z.string(), publicKey: PublicKey })
export type SignedAuditHead = z.infer<typeof SignedAuditHead>

/** Shows that an entry stands in the log a head was signed for. */
export const AuditProof = z.strictObject({
  entry: AuditEntry,
  path: z.array(Hash),
  signed: SignedAuditHead,
})
export type AuditProof = z.infer<typeof AuditProof>

/** Shows that a later log begins with an earlier one, unchanged. */
export const AuditConsistency = z.strictObject({
  earlier: SignedAuditHead,
  later: SignedAuditHead,
  path: z.array(Hash),
})
export type AuditConsistency = z.infer<typeof AuditConsistency>

/** The whole log, for somebody who checks it without us. */
export const AuditLogFile = z.strictObject({ entries: z.array(AuditEntry), signed: SignedAuditHead })
export type AuditLogFile = z.infer<typeof AuditLogFile>

export const audit = {
  listAuditEntries: query({
    summary:
      'What was read, changed, refused and decided in the business, newest first: ids, pseudonyms and fixed words.',
    access: admins,
    purpose: 'keep-secure',
    input: z.object({
      kind: AuditFact.shape.kind.optional(),
      what: AuditFact.shape.what.optional(),
      /** Of one member of staff. */
      staffId: Id.optional(),
      object: z.string().max(80).optional(),
      since: Time.optional(),
      until: Time.optional(),
      before: Position.optional(),
      limit: Limit.default(50),
    }),
    output: z.object({ entries: z.array(AuditEntry), nextBefore: Position.nullable() }),
  }),
  getAuditHead: query({
    summary: 'The signed head of the log as it is now: keep it, and no later log can differ unnoticed.',
    access: admins,
    purpose: 'keep-secure',
    input: z.object({}),
    output: SignedAuditHead,
  }),
  getAuditProof: query({
    summary:
      'The proof that an entry stands in the log: by its position, or the entry of a receipt by its request. A data subject sees that of their own receipts.',
    access: [...subject, ...admins],
    purpose: 'serve-rights',
    input: z.object({ requestId: Id.optional(), position: Position.optional() }),
    output: AuditProof,
    errors: ['not-found'],
  }),
  getAuditConsistency: query({
    summary: 'The proof that the log of an earlier head is the beginning of the log as it is now.',
    access: admins,
    purpose: 'keep-secure',
    input: z.object({ size: Position.min(1) }),
    output: AuditConsistency,
    errors: ['not-found'],
  }),
} as const
