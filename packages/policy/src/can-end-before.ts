import type { Period } from '@candor/contracts/policy/period'
import { keptUntil } from './kept-until.ts'

/** Whether the one can be over while the other still runs, on any start: 365 days end before a leap year does. */
export function canEndBefore(one: Span, other: Span): boolean {
  return starts.some((start) => keptUntil(start, withChannels(one))! < keptUntil(start, withChannels(other))!)
}

export interface Span {
  period: Period
  yearEnd?: string | null
}

const withChannels = ({ period, yearEnd = null }: Span) =>
  ({ period, yearEnd, byChannel: {}, disposition: 'delete' }) as const

/** The first and the last days of every month through a leap year and its neighbours. */
const starts = Array.from({ length: 48 }, (_, month) =>
  [1, 28, 29, 30, 31].map((day) => new Date(Date.UTC(2027, month, day))),
).flat()
