import { categoryIds } from '@candor/contracts/policy/categories'
import type { CategoryId } from '@candor/contracts/policy/categories'
import type { CategoryRule, Policy } from '@candor/contracts/policy/policy'

export interface PolicyProblem {
  /** The setting to change: `categories.conversation.basis`. */
  path: string
  message: string
}

export type Check = (policy: Policy) => PolicyProblem[]

/** A problem where `wrong` holds, none where it does not. */
export function problem(wrong: boolean, path: string, message: string): PolicyProblem[] {
  return wrong ? [{ path, message }] : []
}

export function eachCategory(
  policy: Policy,
  check: (id: CategoryId, rule: CategoryRule, path: string) => PolicyProblem[],
): PolicyProblem[] {
  return categoryIds.flatMap((id) => check(id, policy.categories[id], `categories.${id}`))
}
