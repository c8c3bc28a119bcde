import type { Plan, Subscription } from '@candor/contracts/billing/schemas'

/**
 * Whether a month of `plan` can be bought now: a larger one at any time; a smaller one at any time too, to follow the
 * running month, unless something does already; the same one shortly before the month ends, or afterwards.
 */
export function isOffered(
  plan: Plan,
  { plan: current, periodEnd, status, next }: Subscription,
  now: Date,
): boolean {
  if (plan.price.amountMinor === 0) return false
  if (plan.price.amountMinor > current.price.amountMinor || status === 'ended') return true
  if (next) return false
  if (plan.price.amountMinor < current.price.amountMinor) return true
  return Date.parse(periodEnd) - now.getTime() <= extendableMs
}

/** As billing allows it. */
const extendableMs = 7 * 86_400_000
