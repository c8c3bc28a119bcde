import { z } from 'zod'
import { admins, anyone, subject } from '../callers.ts'
import { contract, mutation, query } from '../contract.ts'
import type { RouterOf } from '../contract.ts'
import { dataHolder } from '../data-holder.ts'
import { Email, Id, Secret, Slug, Time } from '../fields.ts'
import { PublicKey } from '../identity/schemas.ts'
import { operations } from '../operations.ts'
import { notices } from './notices.ts'
import { retention } from './retention.ts'
import { consent } from './consent.ts'
import { marketing } from './marketing.ts'
import { AccessAnswer, ErasureReceipt, PrivacyNotice, PrivacyRequest, RequestKind } from './schemas.ts'

/** The rights of data subjects: asked for, proven, carried out in every service, receipted. */
export const privacy = contract('privacy', {
  getNotice: query({
    summary: "A business's privacy notice, written from what the services declare.",
    access: anyone,
    purpose: 'none',
    input: z.object({ business: Slug }),
    output: PrivacyNotice,
    errors: ['not-found'],
  }),
  openRequest: mutation({
    summary:
      'Opens a request. Without proof a link goes to the address, and the answer is the same whether or not anything is known of it; a caller who has proven an address needs no second link.',
    access: [...anyone, ...subject],
    purpose: 'serve-rights',
    input: z.object({ business: Slug, kind: RequestKind, email: Email.optional() }),
    output: PrivacyRequest,
    errors: ['not-found', 'too-many'],
  }),
  proveIdentity: mutation({
    summary:
      'Exchanges the mailed proof, which works once and for an hour, for a token that opens the request.',
    access: anyone,
    purpose: 'serve-rights',
    input: z.object({ requestId: Id, proof: Secret }),
    output: z.object({ accessToken: z.string(), accessExpiresAt: Time, request: PrivacyRequest }),
    errors: ['bad-credentials', 'expired', 'too-many'],
  }),
  getRequest: query({
    summary: 'State and history of a request.',
    access: [...subject, ...admins],
    purpose: 'serve-rights',
    input: z.object({ requestId: Id }),
    output: PrivacyRequest,
    errors: ['not-found'],
  }),
  listRequests: query({
    summary: 'Staff: the requests made to the business. Data subject: their own.',
    access: [...subject, ...admins],
    purpose: 'serve-rights',
    input: z.object({}),
    output: z.array(PrivacyRequest),
  }),
  getAccessAnswer: query({
    summary:
      'Everything every service holds about the caller, with category, purpose, basis, recipients, retention and source.',
    access: subject,
    purpose: 'serve-rights',
    input: z.object({ requestId: Id }),
    output: AccessAnswer,
    errors: ['not-found'],
  }),
  getReceipt: query({
    summary: 'The signed receipt of a completed erasure, as data and as a compact JWS.',
    access: [...subject, ...admins],
    purpose: 'serve-rights',
    input: z.object({ requestId: Id }),
    output: z.object({ receipt: ErasureReceipt, jws: z.string(), publicKey: PublicKey }),
    errors: ['not-found'],
  }),
  verifyReceipt: query({
    summary:
      'Whether a receipt was signed here and is unchanged. The same check runs offline with the public key.',
    access: anyone,
    purpose: 'none',
    input: z.object({ jws: z.string().min(1).max(100_000) }),
    output: z.discriminatedUnion('valid', [
      z.object({ valid: z.literal(true), receipt: ErasureReceipt }),
      z.object({ valid: z.literal(false), reason: z.string() }),
    ]),
  }),
  ...notices,
  ...retention,
  ...consent,
  ...marketing,
  ...dataHolder,
  ...operations,
})

export type PrivacyRouter = RouterOf<typeof privacy>
