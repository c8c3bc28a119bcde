import type { Policy } from '@candor/contracts/policy/policy'
import type { Pack, PolicyPath } from './pack.ts'
import { settingAt } from './setting-at.ts'

/** What only the business can say of itself and has not said yet. */
export function unfilled(pack: Pack, policy: Policy): PolicyPath[] {
  return pack.fillIn.filter((path) => settingAt(policy, path) === null)
}
