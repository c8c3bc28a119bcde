import { z } from 'zod'
import { anyone, staff, subject, visitor } from '../callers.ts'
import { mutation, query } from '../contract.ts'
import { Email, Slug } from '../fields.ts'
import { WidgetKey } from '../identity/schemas.ts'
import {
  Consent,
  ConsentPrompt,
  ConsentPurpose,
  ConsentRecord,
  ConsentSource,
  PrivacySignals,
} from './consent-schemas.ts'

/** Consent of visitors, by their pseudonymous id, and of accounts: asked, recorded, withdrawn. */
export const consent = {
  getConsentPrompt: query({
    summary:
      'What a business asks consent for, in which words, and what its notice makes of `DNT` and `Sec-GPC`. Nothing is stored.',
    access: anyone,
    purpose: 'none',
    input: z.object({
      business: Slug.optional(),
      widgetKey: WidgetKey.optional(),
      signals: PrivacySignals.optional(),
    }),
    output: ConsentPrompt,
    errors: ['not-found'],
  }),
  recordConsent: mutation({
    summary:
      "Records the caller's choice with the text it was made by. A purpose not named stays as it was. A signal that the notice obeys refuses, whatever is given; a text that is no longer shown answers `conflict`.",
    access: [...visitor, ...staff],
    purpose: 'serve-rights',
    input: z.object({
      textVersion: z.number().int().min(1).max(1_000_000),
      given: z.array(ConsentPurpose).max(10),
      refused: z.array(ConsentPurpose).max(10).default([]),
      source: ConsentSource,
      /** Where a visitor who agrees to `marketing-mail` wants it; it counts once a mailed link has proven it theirs. */
      email: Email.optional(),
      signals: PrivacySignals.optional(),
    }),
    output: ConsentRecord,
    errors: ['conflict', 'too-many'],
  }),
  withdrawConsent: mutation({
    summary:
      'Withdraws consent for some purposes, or for all. Every service has stopped within a second. Repeating it changes nothing. A data subject withdraws it under every id that leads to their proven address.',
    access: [...visitor, ...staff, ...subject],
    purpose: 'serve-rights',
    input: z.object({ purposes: z.array(ConsentPurpose).min(1).max(10).optional(), source: ConsentSource }),
    output: Consent,
  }),
  getConsent: query({
    summary:
      'What the caller has agreed to, with the history of it; a data subject sees that of every id that leads to their proven address.',
    access: [...visitor, ...staff, ...subject],
    purpose: 'serve-rights',
    input: z.object({}),
    output: Consent,
  }),
} as const
