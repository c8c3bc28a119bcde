import { z } from 'zod'
import type { ServiceName } from './callers.ts'
import { event } from './event.ts'
import { Time } from './fields.ts'
import { categoryIds } from './policy/categories.ts'

/** Records of one category that a sweep disposed of, as the notice of that version said. No id, no name, no text. */
export const Disposal = z.strictObject({
  /** Whose records: a conversation goes with all that was written in it. */
  table: z.string(),
  category: z.enum(categoryIds),
  /** `anonymise`: what the category counts stays, as figures that lead back to nobody. */
  disposition: z.enum(['delete', 'anonymise']),
  records: z.number().int().min(1),
  policyVersion: z.number().int(),
  /** By when the period of each of them was over. */
  overBy: Time,
})
export type Disposal = z.infer<typeof Disposal>

/** All that the sweeps of a service disposed of for a business on a day that is over. */
export const DayOfDisposals = z.strictObject({ day: z.iso.date(), disposals: z.array(Disposal).min(1) })
export type DayOfDisposals = z.infer<typeof DayOfDisposals>

/** By which a service tells privacy what its sweeps did, once a business and day. */
export function disposedEvent<const Source extends ServiceName>(source: Source) {
  return event(source, `${source}-disposed`, {
    summary: 'What retention deleted or made anonymous on a day that is over, for its receipt.',
    listeners: ['privacy'],
    payload: DayOfDisposals,
  })
}
