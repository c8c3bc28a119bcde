import type { Period } from '@candor/contracts/policy/period'
import type { Policy } from '@candor/contracts/policy/policy'
import type { Clause, PolicyPath } from './pack.ts'
import { periodText } from './period.ts'
import { settingAt } from './setting-at.ts'

/** The sentence of a clause, with the lengths and numbers that the policy has now in place of `{its.path}`. */
export function clauseText({ text }: Clause, policy: Policy): string {
  return text.replaceAll(/\{([^}]+)\}/g, (_, path: PolicyPath) => {
    const value = settingAt(policy, path)
    if (typeof value === 'number') return String(value)
    return periodText(value as Period)
  })
}
