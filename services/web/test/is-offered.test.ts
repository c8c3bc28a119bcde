import type { Plan, Subscription } from '@candor/contracts/billing/schemas'
import { expect, test } from 'vitest'
import { isOffered } from '../src/console/billing/is-offered.ts'

test('a larger plan is offered at any time, and a smaller one; the same in the last week and after the end', () => {
  expect(offered('starter', '2026-11-30')).toEqual(['team'])
  expect(offered('team', '2026-11-30')).toEqual(['starter'])
  expect(offered('starter', '2026-11-27')).toEqual(['starter', 'team'])
  expect(offered('team', '2026-11-27')).toEqual(['starter', 'team'])
  expect(offered('team', '2026-11-01', 'ended')).toEqual(['starter', 'team'])
})

test('where a month is paid for already to follow, only a larger plan is offered', () => {
  const next = { plan: plans[1]!, startsAt: '2026-11-27T00:00:00.000Z' }
  expect(offered('team', '2026-11-27', 'active', next)).toEqual([])
  expect(offered('starter', '2026-11-27', 'active', next)).toEqual(['team'])
})

test('whoever tries it out is offered every plan but another trial', () => {
  expect(offered('trial', '2026-11-30', 'trialing')).toEqual(['starter', 'team'])
  expect(offered('trial', '2026-11-01', 'ended')).toEqual(['starter', 'team'])
})

function offered(
  current: Plan['id'],
  endsOn: string,
  status: Subscription['status'] = 'active',
  next: Subscription['next'] = null,
) {
  const subscription = {
    plan: plans.find(({ id }) => id === current)!,
    status,
    periodStart: '2026-10-01T00:00:00.000Z',
    periodEnd: `${endsOn}T00:00:00.000Z`,
    endsAtPeriodEnd: false,
    next,
  }
  const now = new Date('2026-11-22T00:00:00.000Z')
  return plans.filter((plan) => isOffered(plan, subscription, now)).map(({ id }) => id)
}

const plans: Plan[] = (['trial', 'starter', 'team'] as const).map((id, index) => ({
  id,
  name: id,
  price: { amountMinor: index * 1900, currency: 'EUR' },
  conversationsIncluded: 100,
  seatsIncluded: 1,
}))
