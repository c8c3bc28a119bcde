import { z } from 'zod'
import { admins, services } from '../callers.ts'
import { mutation, query } from '../contract.ts'
import { Holding } from '../data-holder.ts'
import { Email, Id, printable, Time } from '../fields.ts'
import { categoryIds } from '../policy/categories.ts'

export const DisclosureState = z.enum(['requested', 'approved', 'refused', 'exported'])

/** Whom an authority asked about and for what: nothing else is ever exported. */
export const DisclosureScope = z.object({
  email: Email,
  categories: z.array(z.enum(categoryIds)).min(1),
})

/** An order that forbids telling the person, and until when; null: until it is lifted. */
export const Silence = z.object({ order: printable(1, 200), until: Time.nullable() })

export const Disclosure = z.object({
  id: Id,
  state: DisclosureState,
  authority: z.string(),
  /** The authority's own reference. */
  reference: z.string(),
  /** One of those the notice names. */
  ground: z.string(),
  scope: DisclosureScope,
  silence: Silence.nullable(),
  requestedBy: Id,
  requestedAt: Time,
  decidedBy: Id.nullable(),
  decidedAt: Time.nullable(),
  exportedBy: Id.nullable(),
  exportedAt: Time.nullable(),
})
export type Disclosure = z.infer<typeof Disclosure>

/** As the access answer tells the person. */
export const ToldDisclosure = z.object({
  authority: z.string(),
  ground: z.string(),
  categories: z.array(z.string()),
  disclosedAt: Time,
})
export type ToldDisclosure = z.infer<typeof ToldDisclosure>

export const DisclosureExport = z.object({
  disclosure: Disclosure,
  generatedAt: Time,
  services: z.array(z.object({ service: z.enum(services), holdings: z.array(Holding) })),
})
export type DisclosureExport = z.infer<typeof DisclosureExport>

export const disclosures = {
  requestDisclosure: mutation({
    summary: "Records an authority's request for data about a person; the ground is one the notice names.",
    access: admins,
    purpose: 'obey-law',
    input: z.object({
      authority: printable(1, 200),
      reference: printable(1, 200),
      ground: printable(1, 200),
      scope: DisclosureScope,
      silence: Silence.nullable().default(null),
    }),
    output: Disclosure,
  }),
  decideDisclosure: mutation({
    summary:
      'Approves or refuses a disclosure: a second person, where the notice asks for one. Who recorded it answers `conflict`.',
    access: admins,
    purpose: 'obey-law',
    input: z.object({ disclosureId: Id, approve: z.boolean() }),
    output: Disclosure,
    errors: ['not-found', 'conflict', 'closed'],
  }),
  exportDisclosure: mutation({
    summary: 'Hands out what an approved disclosure covers and nothing else. Repeating it exports anew.',
    access: admins,
    purpose: 'obey-law',
    input: z.object({ disclosureId: Id }),
    output: DisclosureExport,
    errors: ['not-found', 'closed'],
  }),
  liftSilence: mutation({
    summary:
      'Records that an order no longer forbids telling the person; the access answer tells it from then on.',
    access: admins,
    purpose: 'obey-law',
    input: z.object({ disclosureId: Id }),
    output: Disclosure,
    errors: ['not-found'],
  }),
  listDisclosures: query({
    summary: 'The register of disclosures, latest first.',
    access: admins,
    purpose: 'obey-law',
    input: z.object({}),
    output: z.array(Disclosure),
  }),
} as const
