import type { Plan, PlanId } from '@candor/contracts/billing/schemas'

/** The plans on offer, smallest first: where two run at once the later one in this list counts. */
export const plans: readonly Plan[] = [
  {
    id: 'trial',
    name: 'Trial',
    price: { amountMinor: 0, currency: 'EUR' },
    conversationsIncluded: 100,
    seatsIncluded: 3,
  },
  {
    id: 'starter',
    name: 'Starter',
    price: { amountMinor: 29_00, currency: 'EUR' },
    conversationsIncluded: 500,
    seatsIncluded: 5,
  },
  {
    id: 'team',
    name: 'Team',
    price: { amountMinor: 99_00, currency: 'EUR' },
    conversationsIncluded: 5_000,
    seatsIncluded: 25,
  },
]

export const trialDays = 14

export function getPlan(id: PlanId): Plan {
  return plans[planRank(id)]!
}

export function planRank(id: PlanId): number {
  return plans.findIndex((plan) => plan.id === id)
}
