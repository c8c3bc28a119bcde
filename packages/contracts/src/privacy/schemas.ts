import { z } from 'zod'
import { ErasedTable, Holding, Kept } from '../data-holder.ts'
import { Country, Id, Slug, Time } from '../fields.ts'
import { services } from '../callers.ts'
import { ToldDisclosure } from './disclosures.ts'
import { Notice } from '../policy/notice.ts'
import { RequestKind } from '../policy/policy.ts'

/** A version of a business's notice: its sections as written, and as data what services and pages act on. */
export const PrivacyNotice = Notice.omit({ settings: true }).extend({
  business: z.object({ name: z.string(), slug: Slug, country: z.string() }),
  version: z.string(),
  revisedAt: Time,
  effectiveAt: Time,
  categories: z.array(
    z.object({
      category: z.string(),
      title: z.string(),
      purposes: z.array(z.string()),
      legalBasis: z.string(),
      role: z.enum(['controller', 'processor']),
      recipients: z.array(z.string()),
      retention: z.string(),
      source: z.string(),
      /** Why some of it outlives an erasure; empty where all of it goes. */
      keptBecause: z.array(z.string()),
      services: z.array(z.enum(services)),
    }),
  ),
  /** What can be asked for here, each with how and by when. */
  rights: z.array(
    z.object({
      kind: RequestKind,
      right: z.string(),
      law: z.string(),
      how: z.string(),
      by: z.string(),
    }),
  ),
  /** Where the reader can complain; null where no authority is known for either country. */
  authority: z.object({ country: Country, name: z.string(), url: z.url() }).nullable(),
  /** Countries whose authority is known. */
  authorityCountries: z.array(Country),
})
export type PrivacyNotice = z.infer<typeof PrivacyNotice>

/** Copy of everything held about a person (GDPR article 15). */
export const AccessAnswer = z.object({
  requestId: Id,
  business: z.object({ name: z.string(), slug: Slug }),
  generatedAt: Time,
  services: z.array(z.object({ service: z.enum(services), holdings: z.array(Holding) })),
  /** Authorities that received any of it, unless an order forbids telling. */
  disclosures: z.array(ToldDisclosure),
  rights: z.array(z.object({ right: z.string(), law: z.string(), how: z.string() })),
})
export type AccessAnswer = z.infer<typeof AccessAnswer>

/** What a business can have done to its contacts. */
export const instructed = ['add', 'correct', 'erase'] as const

/** What an erasure or an instruction did, without personal data: it can be shown to anyone. */
export const ErasureReceipt = z.object({
  requestId: Id,
  /** Of a person, unless it says that a whole business is gone, or that a business had it done to its contacts. */
  of: z.enum(['business', 'contacts']).optional(),
  /** Of contacts: what was to be done to how many, and to how many it was. */
  instruction: z
    .object({ does: z.enum(instructed), items: z.number().int(), done: z.number().int() })
    .optional(),
  business: z.object({ name: z.string(), slug: Slug }),
  requestedAt: Time,
  completedAt: Time,
  services: z.array(
    z.object({
      service: z.enum(services),
      changed: z
        .array(
          z.object({ table: z.string(), action: z.enum(['added', 'corrected']), rows: z.number().int() }),
        )
        .optional(),
      erased: z.array(ErasedTable),
      kept: z.array(Kept),
      /** Rows in which the person's identifiers were still found after erasure: always 0 on an issued receipt. */
      residue: z.literal(0),
      columnsSearched: z.number().int(),
    }),
  ),
})
export type ErasureReceipt = z.infer<typeof ErasureReceipt>
