import { z } from 'zod'
import { admins } from '../callers.ts'
import { mutation, query } from '../contract.ts'
import { Id, prose, Time } from '../fields.ts'
import { categoryIds } from '../policy/categories.ts'

export const BreachRisk = z.enum(['unlikely', 'risk', 'high-risk'])

export const Breach = z.object({
  id: Id,
  noticedAt: Time,
  /** 72 hours after it was noticed (GDPR article 33(1)). */
  dueAt: Time,
  what: z.string(),
  categories: z.array(z.enum(categoryIds)),
  /** About how many; null while unknown. */
  people: z.number().int().nullable(),
  risk: BreachRisk,
  measures: z.string(),
  authorityNotifiedAt: Time.nullable(),
  peopleNotifiedAt: Time.nullable(),
  closedAt: Time.nullable(),
  /** Drafts of what articles 33(3) and 34(2) ask for, from what is recorded. */
  drafts: z.object({ authority: z.string(), people: z.string() }),
})
export type Breach = z.infer<typeof Breach>

const Facts = {
  what: prose(1, 4_000),
  categories: z.array(z.enum(categoryIds)).min(1),
  people: z.number().int().min(0).max(2_000_000_000).nullable(),
  risk: BreachRisk,
  measures: prose(0, 4_000),
}

export const breaches = {
  recordBreach: mutation({
    summary: 'Records a personal data breach; the 72 hours count from when it was noticed.',
    access: admins,
    purpose: 'obey-law',
    input: z.object({ noticedAt: Time.optional(), ...Facts }),
    output: Breach,
  }),
  updateBreach: mutation({
    summary: 'Changes what is known of a breach. A closed one answers `closed`.',
    access: admins,
    purpose: 'obey-law',
    input: z
      .object({ breachId: Id, ...Facts })
      .partial()
      .required({ breachId: true }),
    output: Breach,
    errors: ['not-found', 'closed'],
  }),
  markBreach: mutation({
    summary:
      'Records that the authority or the people were notified, or that the breach is closed. One with a risk is closed once the authority knows, one of high risk once the people know too.',
    access: admins,
    purpose: 'obey-law',
    input: z.object({ breachId: Id, as: z.enum(['authority-notified', 'people-notified', 'closed']) }),
    output: Breach,
    errors: ['not-found', 'conflict'],
  }),
  listBreaches: query({
    summary: 'The register of breaches, latest first, with the time left and drafts of the notifications.',
    access: admins,
    purpose: 'obey-law',
    input: z.object({}),
    output: z.array(Breach),
  }),
} as const
