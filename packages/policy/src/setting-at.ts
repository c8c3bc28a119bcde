import type { Policy } from '@candor/contracts/policy/policy'
import type { PolicyPath } from './pack.ts'

/** The value of a setting, or undefined where the policy has none there. */
export function settingAt(policy: Policy, path: PolicyPath): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], policy)
}
