import { z } from 'zod'
import { admins, anyone, visitor } from '../callers.ts'
import { mutation, query } from '../contract.ts'
import { printable } from '../fields.ts'
import { WidgetKey } from '../identity/schemas.ts'
import { PrivacySignals } from '../privacy/consent-schemas.ts'

/** A page's own address, without what may say who opened it. */
const PagePath = z
  .string()
  .regex(/^\/[^?#\s]*$/, 'a path, without query and fragment')
  .max(200)
  .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), 'no control characters')

export const Day = z.iso.date()

export const VisitCount = z.object({
  day: Day,
  page: z.string(),
  /** Pages shown. */
  views: z.number().int(),
  /** Of these, the first of a visit. */
  visits: z.number().int(),
  /** Of the visits, those of a browser that had been there before. */
  returned: z.number().int(),
})
export type VisitCount = z.infer<typeof VisitCount>

/** Page visits as numbers that lead to nobody, and what advertising led to a visit, where its visitor agreed. */
export const visits = {
  countVisit: mutation({
    summary:
      'Counts a page view, if the notice in force, the consent of the visitor and the signals of the browser allow it; nothing about who it was is kept. With consent for advertising it keeps which campaign led here.',
    access: [...anyone, ...visitor],
    purpose: 'measure-use',
    input: z.object({
      widgetKey: WidgetKey,
      page: PagePath,
      isFirstOfVisit: z.boolean().default(false),
      isReturning: z.boolean().default(false),
      campaign: printable(1, 80).optional(),
      signals: PrivacySignals.optional(),
    }),
    output: z.object({ counted: z.boolean(), campaignKept: z.boolean() }),
    errors: ['not-found'],
  }),
  listVisitCounts: query({
    summary: 'How often each page was seen, by day; or all pages together, as `/*`.',
    access: admins,
    purpose: 'none',
    input: z.object({ from: Day, to: Day, of: z.enum(['each-page', 'all-pages']).default('each-page') }),
    output: z.array(VisitCount),
  }),
} as const
