import { z } from 'zod'
import { admins, anyone } from '../callers.ts'
import { mutation, query } from '../contract.ts'
import { Email, Id, PersonName, printable, prose, Slug, Time } from '../fields.ts'

export const CaseTopic = z.enum(['question', 'complaint', 'request', 'minor', 'other'])

/** `open` -> `answered` -> `closed`; whoever writes again opens another. */
export const CaseState = z.enum(['open', 'answered', 'closed'])

export const PrivacyCase = z.object({
  id: Id,
  reference: z.string(),
  topic: CaseTopic,
  state: CaseState,
  name: z.string().nullable(),
  email: z.string().nullable(),
  message: z.string(),
  answer: z.string().nullable(),
  openedAt: Time,
  answeredAt: Time.nullable(),
  closedAt: Time.nullable(),
})
export type PrivacyCase = z.infer<typeof PrivacyCase>

export const PrivacyContact = z.object({
  email: z.string().nullable(),
  officer: z.object({ name: z.string(), email: z.string() }).nullable(),
})
export type PrivacyContact = z.infer<typeof PrivacyContact>

/** What the person who opened it needs to follow it. */
export const CaseStatus = z.object({
  reference: z.string(),
  state: CaseState,
  openedAt: Time,
  answeredAt: Time.nullable(),
  closedAt: Time.nullable(),
})
export type CaseStatus = z.infer<typeof CaseStatus>

export const cases = {
  getContact: query({
    summary: 'Whom to write to about data protection at a business; null where it named nobody yet.',
    access: anyone,
    purpose: 'none',
    input: z.object({ business: Slug }),
    output: PrivacyContact,
    errors: ['not-found'],
  }),
  openCase: mutation({
    summary:
      'Brings a question to the privacy team and the officer of a business; the answer carries the reference by which it is followed.',
    access: anyone,
    purpose: 'serve-rights',
    input: z.object({
      business: Slug,
      topic: CaseTopic,
      message: prose(3, 4_000),
      name: PersonName.optional(),
      /** Without one nobody can be answered by mail. */
      email: Email.optional(),
    }),
    output: CaseStatus,
    errors: ['not-found', 'too-many'],
  }),
  getCaseStatus: query({
    summary: 'How far a case is, for who holds its reference.',
    access: anyone,
    purpose: 'serve-rights',
    input: z.object({ business: Slug, reference: printable(1, 40) }),
    output: CaseStatus,
    errors: ['not-found', 'too-many'],
  }),
  listCases: query({
    summary: 'The cases of the business, latest first.',
    access: admins,
    purpose: 'serve-rights',
    input: z.object({ state: CaseState.optional() }),
    output: z.array(PrivacyCase),
  }),
  answerCase: mutation({
    summary: 'Answers a case; where its person left an address, by mail. A closed one answers `closed`.',
    access: admins,
    purpose: 'serve-rights',
    input: z.object({ caseId: Id, text: prose(1, 4_000) }),
    output: PrivacyCase,
    errors: ['not-found', 'closed'],
  }),
  closeCase: mutation({
    summary: 'Closes a case. Closing it twice is harmless.',
    access: admins,
    purpose: 'serve-rights',
    input: z.object({ caseId: Id }),
    output: PrivacyCase,
    errors: ['not-found'],
  }),
} as const
