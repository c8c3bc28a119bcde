import { categoryIds } from '@candor/contracts/policy/categories'
import type { CategoryId } from '@candor/contracts/policy/categories'
import type { PolicyProblem } from '@candor/contracts/policy/notice'
import type { CategoryRule, Policy } from '@candor/contracts/policy/policy'

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
