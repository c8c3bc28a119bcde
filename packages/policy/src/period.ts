import type { Period } from '@candor/contracts/policy/period'

/**
 * When a period that starts at `start` is over: the same day of the last month, or that month's last day (Regulation
 * 1182/71, article 3(2)(c)), then the days. UTC, and to the millisecond what PostgreSQL answers for the same interval.
 */
export function endOf(start: Date, { years = 0, months = 0, days = 0 }: Period): Date {
  const end = new Date(start)
  end.setUTCDate(1)
  end.setUTCMonth(end.getUTCMonth() + years * 12 + months)
  const lastDay = new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + 1, 0)).getUTCDate()
  end.setUTCDate(Math.min(start.getUTCDate(), lastDay) + days)
  return end
}

/** As a notice says it: `12 months`, `2 years and 10 days`. */
export function periodText(period: Period): string {
  const parts = (['years', 'months', 'days'] as const).flatMap((unit) => {
    const count = period[unit] ?? 0
    return count === 0 ? [] : [`${count} ${count === 1 ? unit.slice(0, -1) : unit}`]
  })
  return parts.join(' and ')
}

/** Midnight after the last day (`MM-DD`) of the year that `time` lies in: from there tax laws count. */
export function endOfYear(time: Date, yearEnd: string): Date {
  const [month, day] = yearEnd.split('-').map(Number) as [number, number]
  const year = time.getUTCFullYear()
  const end = new Date(Date.UTC(year, month - 1, day + 1))
  return time < end ? end : new Date(Date.UTC(year + 1, month - 1, day + 1))
}
