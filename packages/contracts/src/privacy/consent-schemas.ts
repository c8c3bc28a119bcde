import { z } from 'zod'
import { Slug, Time } from '../fields.ts'
import { consentPurposes } from '../policy/categories.ts'
import { Cookie } from '../policy/policy.ts'

export const ConsentPurpose = z.enum(consentPurposes)

/** What a browser says by header or by `navigator`: a header seen counts, whatever the input says. */
export const PrivacySignals = z.object({
  doNotTrack: z.boolean().default(false),
  globalPrivacyControl: z.boolean().default(false),
})
export type PrivacySignals = z.infer<typeof PrivacySignals>

/** Where the choice was made. */
export const ConsentSource = z.enum(['banner', 'chat', 'privacy-centre', 'console', 'mail'])
export type ConsentSource = z.infer<typeof ConsentSource>

const Obedience = z.enum(['obeyed', 'ignored'])

export const ConsentPrompt = z.object({
  business: z.object({ name: z.string(), slug: Slug }),
  /** Since when these are the rules. */
  effectiveAt: Time,
  prompt: z.enum(['banner', 'none']),
  /** Purposes to ask for, each by itself. */
  asked: z.array(ConsentPurpose),
  text: z.string(),
  textVersion: z.number().int(),
  /** What this browser's signals refuse already, whatever was agreed before. */
  refusedBySignal: z.array(ConsentPurpose),
  signals: z.object({ doNotTrack: Obedience, globalPrivacyControl: Obedience }),
  /** All that may be stored on a visitor's device, and what for. */
  cookies: z.array(Cookie),
})
export type ConsentPrompt = z.infer<typeof ConsentPrompt>

/** One moment in the history of somebody's consent, with what holds from then on. */
export const ConsentRecord = z.object({
  at: Time,
  action: z.enum(['recorded', 'withdrawn']),
  source: ConsentSource,
  text: z.string(),
  textVersion: z.number().int(),
  given: z.array(ConsentPurpose),
  refused: z.array(ConsentPurpose),
  signals: PrivacySignals,
})
export type ConsentRecord = z.infer<typeof ConsentRecord>

export const Consent = z.object({
  /** Purposes that may be followed now. */
  given: z.array(ConsentPurpose),
  /** Whether the text has changed since, or a purpose been added, so that it is asked again. */
  outdated: z.boolean(),
  /** Newest first. */
  history: z.array(ConsentRecord),
})
export type Consent = z.infer<typeof Consent>
