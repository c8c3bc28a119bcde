import type { Policy } from '@candor/contracts/policy/policy'
import { rulesInForce } from '@candor/policy/in-force'

/** A notice that a test changes as it goes, for every tenant alike: what `read` answers is in force at once. */
export function fixedPolicies(read: () => Policy) {
  return {
    of: async (tenantId: string) => ({ ...rulesInForce(tenantId, undefined, new Date()), policy: read() }),
    onChange: () => () => {},
  }
}
