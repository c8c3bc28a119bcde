import type { Plan, Subscription } from '@candor/contracts/billing/schemas'

/**
 * Whether a month of `plan` can be bought now: a larger one at any time; the same or a smaller one once the running
 * month has ended, or shortly before, to follow it.
 */
export function isOffered(
  plan: Plan,
  { plan: current, periodEnd, status }: Subscription,
  now: Date,
): boolean {
  if (plan.price.amountMinor === 0) return false
  if (plan.price.amountMinor > current.price.amountMinor || status === 'ended') return true
  return Date.parse(periodEnd) - now.getTime() <= extendableMs
}

/** As billing allows it. */
const extendableMs = 7 * 86_400_000
