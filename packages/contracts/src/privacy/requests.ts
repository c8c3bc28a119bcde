import { z } from 'zod'
import { admins, anyone, staff, subject, visitor } from '../callers.ts'
import { mutation, query } from '../contract.ts'
import { Email, Id, Limit, prose, Secret, Slug, Time } from '../fields.ts'
import { RequestKind } from '../policy/policy.ts'
import { PrivacyRequest, RequestDetails, RequestState } from './request-shapes.ts'
import { AccessAnswer } from './schemas.ts'

const OfRequest = z.object({ requestId: Id })
const Reason = prose(1, 2_000)
const SubjectToken = z.object({ accessToken: z.string(), accessExpiresAt: Time })

/** Requests of every kind: opened, proven, decided where the law leaves a decision, carried out. */
export const requests = {
  openRequest: mutation({
    summary:
      'Opens a request. Without proof a link goes to the address, and the answer is the same whether or not anything is known of it; a caller who has proven an address, and one who is signed in, need no link. Without a business it is for every one that knows the address.',
    access: [...anyone, ...subject, ...visitor, ...staff],
    purpose: 'serve-rights',
    input: RequestDetails.extend({
      business: Slug.optional(),
      /** The same as leaving `business` out. */
      everywhere: z.boolean().optional(),
      kind: RequestKind,
      email: Email.optional(),
    }),
    output: z.object({
      ...PrivacyRequest.shape,
      /** Opens the request to a caller who was proven by being signed in. */
      token: SubjectToken.nullable(),
    }),
    errors: ['not-found', 'too-many'],
  }),
  openRequestFor: mutation({
    summary:
      'Staff: opens a request that reached the business by mail, letter or telephone. A link goes to the address, unless staff have checked a document, of which only that, who and when is kept.',
    access: admins,
    purpose: 'serve-rights',
    input: RequestDetails.extend({
      kind: RequestKind,
      email: Email,
      source: z.enum(['staff', 'mail']).default('staff'),
      documentChecked: z.boolean().default(false),
    }),
    output: PrivacyRequest,
    errors: ['not-found', 'too-many'],
  }),
  proveIdentity: mutation({
    summary:
      'Exchanges the mailed proof, which works once and for an hour, for a token that opens the request.',
    access: anyone,
    purpose: 'serve-rights',
    input: z.object({ requestId: Id, proof: Secret }),
    output: SubjectToken.extend({ request: PrivacyRequest }),
    errors: ['bad-credentials', 'expired', 'too-many'],
  }),
  confirmIdentity: mutation({
    summary:
      'Staff: says that they have checked a document of the person who opened the request. The document is kept nowhere.',
    access: admins,
    purpose: 'serve-rights',
    input: OfRequest,
    output: PrivacyRequest,
    errors: ['not-found', 'conflict'],
  }),
  getRequest: query({
    summary: 'State and history of a request.',
    access: [...subject, ...admins],
    purpose: 'serve-rights',
    input: OfRequest,
    output: PrivacyRequest,
    errors: ['not-found'],
  }),
  listRequests: query({
    summary:
      'Staff: the requests made to the business. Data subject: their own, at every business where they proved the address.',
    access: [...subject, ...admins],
    purpose: 'serve-rights',
    input: z.object({
      states: z.array(RequestState).min(1).max(10).optional(),
      kinds: z.array(RequestKind).min(1).max(20).optional(),
      /** Only those past their time limit. */
      overdue: z.boolean().optional(),
      limit: Limit.default(100),
      /** Those opened before this one. */
      beforeId: Id.optional(),
    }),
    output: z.array(PrivacyRequest),
  }),
  decideRequest: mutation({
    summary:
      'Staff: approves or refuses what the law leaves to the business, with the reason the requester is told. Recipients who got the wrong value earlier can be told of a correction.',
    access: admins,
    purpose: 'serve-rights',
    input: z.object({
      requestId: Id,
      outcome: z.enum(['approved', 'refused']),
      reason: Reason,
      recipients: z.array(Email).max(50).default([]),
    }),
    output: PrivacyRequest,
    errors: ['not-found', 'conflict'],
  }),
  extendRequest: mutation({
    summary:
      'Staff: extends the time limit once, by what the notice allows, and tells the requester why (GDPR article 12(3)).',
    access: admins,
    purpose: 'serve-rights',
    input: z.object({ requestId: Id, reason: Reason }),
    output: PrivacyRequest,
    errors: ['not-found', 'conflict'],
  }),
  liftRestriction: mutation({
    summary:
      'Ends what a request had stopped. By the requester at once; by staff three days after the requester was told why (GDPR article 18(3)).',
    access: [...subject, ...admins],
    purpose: 'serve-rights',
    input: z.object({ requestId: Id, reason: prose(0, 2_000).default('') }),
    output: PrivacyRequest,
    errors: ['not-found', 'conflict'],
  }),
  getAccessAnswer: query({
    summary:
      'Everything every service holds about the caller, with category, purpose, basis, recipients, retention and source.',
    access: subject,
    purpose: 'serve-rights',
    input: OfRequest,
    output: AccessAnswer,
    errors: ['not-found'],
  }),
  getAccessPdf: query({
    summary: 'The same as a PDF, in base64.',
    access: subject,
    purpose: 'serve-rights',
    input: OfRequest,
    output: z.object({
      filename: z.string(),
      mediaType: z.literal('application/pdf'),
      content: z.base64(),
    }),
    errors: ['not-found'],
  }),
} as const
