import { z } from 'zod'

const Count = z.number().int().min(0).max(1_200)

/** A length of time on the calendar: months are counted before days, as in PostgreSQL's intervals. */
export const Period = z
  .strictObject({ years: Count.optional(), months: Count.optional(), days: Count.optional() })
  .refine(({ years = 0, months = 0, days = 0 }) => years + months + days > 0, 'must be longer than nothing')
export type Period = z.infer<typeof Period>
