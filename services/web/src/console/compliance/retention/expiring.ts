import type { CategoryRule } from '@candor/contracts/policy/policy'
import { keptUntil } from '@candor/policy/kept-until'
import { endOf } from '@candor/policy/period'

/** What is held of each category, over all services and tables, and from when the oldest counts. */
export function byCategory(expiring: readonly Expiring[]): Map<string, Held> {
  const all = new Map<string, Held>()
  for (const { category, rows, oldest } of expiring) {
    const before = all.get(category) ?? { rows: 0, oldest: null }
    const older = [before.oldest, oldest].flatMap((time) => time ?? []).toSorted()[0] ?? null
    all.set(category, { rows: before.rows + rows, oldest: older })
  }
  return all
}

/** The day that a record is of: what counts from the end of its day is of today until then. */
export function dayOf(oldest: string, now = new Date()): string {
  return new Date(Math.min(Date.parse(oldest), now.getTime())).toISOString()
}

/** How much of its period a record has used, from 0 to 1 and beyond; null where nothing ends by itself. */
export function usedShare(oldest: string, { retention }: CategoryRule, now = new Date()): number | null {
  const start = new Date(oldest)
  const end = keptUntil(start, retention)
  return end && Math.max(0, now.getTime() - start.getTime()) / (end.getTime() - start.getTime())
}

export function endsAt(oldest: string, { retention }: CategoryRule): string | null {
  return keptUntil(new Date(oldest), retention)?.toISOString() ?? null
}

export function monthsAhead(months: number, now: Date): string {
  return endOf(now, { months }).toISOString()
}

/** Later than any period of any notice, to the day, so that it is asked for once. */
export function farFuture(now = new Date()): string {
  return `${now.getUTCFullYear() + 150}-01-01T00:00:00.000Z`
}

export interface Held {
  rows: number
  oldest: string | null
}

interface Expiring {
  category: string
  rows: number
  oldest: string | null
}
