import type { Policy } from '@candor/contracts/policy/policy'
import type { PolicyDiff } from '@candor/contracts/privacy/notice-schemas'
import { diffPolicies } from '@candor/policy/diff-policies'

/** What differs between two policies, and whether people have to be told and not only shown. */
export function diffPolicy(before: Policy, after: Policy): PolicyDiff {
  const changes = diffPolicies(before, after)
  return { changes, isSignificant: changes.some(({ significant }) => significant) }
}
