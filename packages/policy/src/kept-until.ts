import type { Channel } from '@candor/contracts/policy/categories'
import type { Retention } from '@candor/contracts/policy/policy'
import { endOf, endOfYear } from './period.ts'

/**
 * The first moment at which what began its clock at `event` is kept no longer; null where it lasts as long as what it
 * belongs to.
 */
export function keptUntil(event: Date, retention: Retention, channel?: Channel): Date | null {
  const period = (channel && retention.byChannel[channel]) ?? retention.period
  if (!period) return null
  return endOf(retention.yearEnd ? endOfYear(event, retention.yearEnd) : event, period)
}
