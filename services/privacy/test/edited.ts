import type { CategoryId } from '@candor/contracts/policy/categories'
import type { Period } from '@candor/contracts/policy/period'
import { Policy } from '@candor/contracts/policy/policy'
import { packs } from '@candor/policy/packs'

/** The strictest pack with conversations kept for another time. */
export function keeping(period: Period, ...more: CategoryId[]): Policy {
  return edited((policy) => {
    for (const id of ['conversation', ...more] as const) policy.categories[id].retention.period = period
  })
}

export function edited(change: (policy: Policy) => void): Policy {
  // Packs share parts among categories; a copy made as text does not.
  const policy = Policy.parse(JSON.parse(JSON.stringify(packs.candor.policy)))
  change(policy)
  return policy
}
