import type { Period } from '@candor/contracts/policy/period'
import { endOf } from '@candor/policy/period'

/**
 * The latest clock whose period may be over at `asOf`. An index finds what lies before it; the exact test comes after,
 * for around a month's end an earlier start can end later in the day.
 */
export function latestStart(asOf: Date, { years = 0, months = 0, days = 0 }: Period): Date {
  const timeOfDay = asOf.getTime() % dayMs
  const day = new Date(asOf.getTime() - timeOfDay)
  const guess = endOf(new Date(day.getTime() - days * dayMs), { years: -years, months: -months })
  for (let offset = 5; ; offset--) {
    const start = new Date(guess.getTime() + offset * dayMs)
    const end = endOf(start, { years, months, days })
    if (end < day) return new Date(start.getTime() + dayMs - 1)
    if (end.getTime() === day.getTime()) return new Date(start.getTime() + timeOfDay)
  }
}

const dayMs = 86_400_000
