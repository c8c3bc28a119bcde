import { z } from 'zod'
import { Email, PersonName, printable, prose } from '../fields.ts'
import { purposes } from '../purposes.ts'
import type { Purpose } from '../purposes.ts'
import { categoryIds, channels, consentPurposes, legalBases } from './categories.ts'
import { Period } from './period.ts'
import { requestKinds } from './request-kinds.ts'

const purposeIds = Object.keys(purposes) as [Purpose, ...Purpose[]]
const Line = printable(1, 200)
const RecipientId = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(60)

/** How long one category is kept and what happens then. */
export const Retention = z.strictObject({
  /** null: as long as what it belongs to (an account, a conversation, a held invoice). */
  period: Period.nullable(),
  /** Where a channel has a period of its own. */
  byChannel: z.partialRecord(z.enum(channels), Period).default({}),
  /**
   * Where a law counts from the end of the year that the event lies in: that year's last day, as `MM-DD` (`12-31` for
   * calendar years). null: the period counts from the event itself.
   */
  yearEnd: z
    .string()
    .regex(/^(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])$|^(0[13-9]|1[0-2])-(29|30)$|^(0[13578]|1[02])-31$/)
    .nullable()
    .default(null),
  disposition: z.enum(['delete', 'anonymise']),
})

/** What GDPR articles 13 to 15 and 30 have to tell about one category. */
export const CategoryRule = z.strictObject({
  basis: z.enum(legalBases),
  /** The interest, the law or the contract that the basis rests on, in words. */
  because: prose(1, 400),
  purposes: z.array(z.enum(purposeIds)).min(1),
  recipients: z.array(RecipientId),
  retention: Retention,
})

/** Somebody personal data goes to: a sub-processor, a provider, an authority. */
export const Recipient = z.strictObject({
  id: RecipientId,
  name: Line,
  /** As what it receives the data: bound by our instructions, deciding for itself, or by law. */
  role: z.enum(['processor', 'controller', 'authority']),
  /** What it does, in words that follow its name. */
  purpose: Line,
  country: z.string().regex(/^[A-Z]{2}$/),
  /** What makes a transfer abroad lawful (GDPR chapter V); null inside the region. */
  safeguard: z.enum(['adequacy-decision', 'standard-clauses', 'binding-rules']).nullable(),
  /** Reference of the data processing agreement that binds a processor; null for the others. */
  agreement: Line.nullable(),
  /** Host names that outgoing calls for it may reach. */
  hosts: z.array(z.string().max(253)).default([]),
})

export const Cookie = z.strictObject({
  name: z.string().min(1).max(80),
  kind: z.enum(['essential', 'remember-me', 'statistics', 'advertising']),
  /** `pixel`: a pixel or beacon by which a page tells somebody else of the visit; its name is their host. */
  storage: z.enum(['cookie', 'local-storage', 'session-storage', 'pixel']),
  purpose: Line,
  /** null: until the browser is closed or the person ends it. */
  lifetime: Period.nullable(),
})

export const RequestKind = z.enum(requestKinds)
export type RequestKind = z.infer<typeof RequestKind>

export const identityProofs = ['mailed-link', 'signed-in', 'document-check'] as const

/** All that a notice promises and the services obey. Consistency is checked by `checkPolicy` of `@candor/policy`. */
export const Policy = z.strictObject({
  /** The region the data is kept in: transfers out of it need a safeguard. */
  region: z.enum(['eea', 'uk', 'us']),
  categories: z.record(z.enum(categoryIds), CategoryRule),
  consent: z.strictObject({
    /** Purposes that are asked for; all others never happen. */
    asked: z.array(z.enum(consentPurposes)),
    prompt: z.enum(['banner', 'none']),
    text: prose(1, 2_000),
    /** Bumped with every change of the text, so that a record says what was agreed to. */
    textVersion: z.number().int().min(1),
  }),
  signals: z.strictObject({
    doNotTrack: z.enum(['obeyed', 'ignored']),
    globalPrivacyControl: z.enum(['obeyed', 'ignored']),
  }),
  cookies: z.array(Cookie),
  identityProof: z.array(z.enum(identityProofs)).min(1),
  minors: z.strictObject({ minimumAge: z.number().int().min(13).max(21), eraseWithin: Period }).nullable(),
  /** Rights offered, each with its time limit from proof and by how much that can be extended. */
  rights: z.partialRecord(RequestKind, z.strictObject({ within: Period, extension: Period.nullable() })),
  recipients: z.array(Recipient),
  paymentProviders: z.array(z.enum(['sandbox', 'stripe', 'paypal', 'bank-page'])),
  marketing: z.strictObject({
    serviceNews: z.enum(['opt-out', 'opt-in', 'never']),
    other: z.enum(['opt-in', 'never']),
    /** Campaigns to a business's own customers: at its recorded instruction only, or not at all. */
    campaigns: z.enum(['instructed', 'never']),
  }),
  /** What is derived from a visitor's network address, and how long the address itself is kept; null: not at all. */
  visitorAddress: z.strictObject({ derive: z.enum(['country', 'nothing']), keep: Period.nullable() }),
  guard: z.strictObject({
    patterns: z.array(z.enum(['card-number', 'iban', 'national-id'])),
    keywords: z.array(printable(3, 60)).max(200),
  }),
  awareness: z.strictObject({ every: Period, blocksAccess: z.boolean() }).nullable(),
  disclosure: z.strictObject({ grounds: z.array(Line), secondApproval: z.boolean() }),
  agreements: z.array(z.enum(['dpa', 'standard-clauses', 'ccpa'])),
  /** How a changed notice is announced to accounts; a significant change is mailed besides where `mail` is there. */
  announcements: z.array(z.enum(['mail', 'banner', 'in-account'])).min(1),
  contact: z.strictObject({
    /** null: the forms of the privacy page alone, until the business names an address. */
    email: Email.nullable(),
    officer: z.strictObject({ name: PersonName, email: Email }).nullable(),
  }),
})
export type Policy = z.infer<typeof Policy>
export type Retention = z.infer<typeof Retention>
export type CategoryRule = z.infer<typeof CategoryRule>
export type Recipient = z.infer<typeof Recipient>
export type Cookie = z.infer<typeof Cookie>
