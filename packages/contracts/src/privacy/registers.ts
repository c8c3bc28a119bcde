import { z } from 'zod'
import { admins, anyone, owner, services, staff } from '../callers.ts'
import { mutation, query } from '../contract.ts'
import { Id, Slug, Time } from '../fields.ts'
import { Recipient } from '../policy/policy.ts'

/** What changes about recipients at a moment that was announced before. */
export const RecipientChange = z.object({
  effectiveAt: Time,
  announcedAt: Time,
  added: z.array(Recipient),
  changed: z.array(Recipient),
  removed: z.array(Recipient),
})
export type RecipientChange = z.infer<typeof RecipientChange>

/** One activity of the record of processing (GDPR article 30(1) and (2)). */
export const ProcessingActivity = z.object({
  category: z.string(),
  title: z.string(),
  role: z.enum(['controller', 'processor']),
  people: z.array(z.enum(['visitors', 'staff', 'nobody in particular'])),
  purposes: z.array(z.string()),
  legalBasis: z.string(),
  recipients: z.array(Recipient),
  retention: z.string(),
  source: z.string(),
  kept: z.array(z.string()),
  places: z.array(z.object({ service: z.enum(services), table: z.string(), columns: z.array(z.string()) })),
})
export type ProcessingActivity = z.infer<typeof ProcessingActivity>

export const ProcessingRecord = z.object({
  generatedAt: Time,
  business: z.object({ name: z.string(), slug: Slug, country: z.string() }),
  contact: z.string().nullable(),
  officer: z.object({ name: z.string(), email: z.string() }).nullable(),
  policyVersion: z.number().int(),
  activities: z.array(ProcessingActivity),
  measures: z.array(z.string()),
})
export type ProcessingRecord = z.infer<typeof ProcessingRecord>

export const AgreementId = z.enum(['dpa', 'standard-clauses', 'ccpa'])

export const AgreementText = z.object({
  agreement: AgreementId,
  version: z.string(),
  title: z.string(),
  /** Markdown. */
  text: z.string(),
})
export type AgreementText = z.infer<typeof AgreementText>

export const AcceptedAgreement = z.object({
  agreement: AgreementId,
  title: z.string(),
  version: z.string(),
  acceptedAt: Time,
  acceptedBy: Id,
  /** Whether it is the version in force. */
  isCurrent: z.boolean(),
})
export type AcceptedAgreement = z.infer<typeof AcceptedAgreement>

export const Briefing = z.object({
  version: z.string(),
  title: z.string(),
  text: z.string(),
  acknowledgedAt: Time.nullable(),
  /** null where the notice asks for no briefing. */
  dueAt: Time.nullable(),
  isOverdue: z.boolean(),
})
export type Briefing = z.infer<typeof Briefing>

export const registers = {
  getRecipients: query({
    summary: 'To whom personal data goes, where and by which safeguard, and what will change when.',
    access: anyone,
    purpose: 'none',
    input: z.object({ business: Slug }),
    output: z.object({ recipients: z.array(Recipient), changes: z.array(RecipientChange) }),
    errors: ['not-found'],
  }),
  getProcessingRecord: query({
    summary:
      'The record of processing of GDPR article 30, from what the services declare and the notice in force.',
    access: admins,
    purpose: 'obey-law',
    input: z.object({}),
    output: ProcessingRecord,
  }),
  getAgreement: query({
    summary: 'The text of an agreement in force, to read and to keep.',
    access: anyone,
    purpose: 'none',
    input: z.object({ agreement: AgreementId, version: z.string().max(20).optional() }),
    output: AgreementText,
    errors: ['not-found'],
  }),
  listAgreements: query({
    summary: 'The agreements the business entered: which version, when and by whom.',
    access: admins,
    purpose: 'obey-law',
    input: z.object({}),
    output: z.array(AcceptedAgreement),
  }),
  acceptAgreement: mutation({
    summary: 'Enters the version in force of an agreement. Accepting it twice is harmless.',
    access: owner,
    purpose: 'obey-law',
    input: z.object({ agreement: AgreementId }),
    output: AcceptedAgreement,
  }),
  getBriefing: query({
    summary: 'The privacy briefing in force and whether the caller has acknowledged it.',
    access: staff,
    purpose: 'none',
    input: z.object({}),
    output: Briefing,
  }),
  acknowledgeBriefing: mutation({
    summary:
      'Acknowledges the briefing the caller has read. Another version than the one in force is refused.',
    access: staff,
    purpose: 'none',
    input: z.object({ version: z.string().max(20) }),
    output: Briefing,
    errors: ['conflict'],
  }),
  listAwareness: query({
    summary: 'Who of the staff has acknowledged the briefing, and who is overdue.',
    access: admins,
    purpose: 'obey-law',
    input: z.object({}),
    output: z.array(
      z.object({
        userId: Id,
        role: z.string(),
        acknowledgedAt: Time.nullable(),
        dueAt: Time.nullable(),
        isOverdue: z.boolean(),
      }),
    ),
  }),
} as const
