import type { PolicyProblem } from '@candor/contracts/policy/notice'
import { Policy } from '@candor/contracts/policy/policy'
import { checkBases } from './checks/bases.ts'
import { checkCookies } from './checks/cookies.ts'
import type { Check } from './checks/problem.ts'
import { checkRecipients } from './checks/recipients.ts'
import { checkRetention } from './checks/retention.ts'
import { checkRights } from './checks/rights.ts'

const checks: Check[] = [checkBases, checkRetention, checkRecipients, checkCookies, checkRights]

/**
 * Everything that keeps a policy from being published: where it is not one at all, and where it promises what the law
 * forbids or what contradicts itself. Each problem names the setting and what to change.
 */
export function checkPolicy(input: unknown): PolicyProblem[] {
  const { data, error } = Policy.safeParse(input)
  if (data) return checks.flatMap((check) => check(data))
  return error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
}
