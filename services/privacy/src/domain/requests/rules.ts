import type { Policy, RequestKind } from '@candor/contracts/policy/policy'
import type { Period } from '@candor/contracts/policy/period'
import { notFound } from '@candor/rpc/service-error'

/** The part of a business's notice that its requests obey. */
export type Rules = Pick<Policy, 'rights' | 'identityProof' | 'minors'>

/** The time limit of a kind; a kind that the notice doesn't offer is not found. */
export function limitFor(rules: Rules, kind: RequestKind): { within: Period; extension: Period | null } {
  if (kind === 'minor-report') {
    if (!rules.minors) throw notFound('this right in the notice')
    return { within: rules.minors.eraseWithin, extension: null }
  }
  const limit = rules.rights[kind]
  if (!limit) throw notFound('this right in the notice')
  return limit
}
