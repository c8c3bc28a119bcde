import type { Policy } from '@candor/contracts/policy/policy'

/** A notice that a test changes as it goes, for every tenant alike: what `read` answers is in force at once. */
export function fixedPolicies(read: () => Policy) {
  return {
    of: async (tenantId: string) => {
      const policy = read()
      const since = '2026-11-21T00:00:00.000Z'
      const version = { version: 1, pack: 'candor', revisedAt: since, effectiveAt: since, policy } as const
      return { tenantId, revision: 0, version, policy, versions: [version], holds: [], isClosed: false }
    },
    onChange: () => () => {},
  }
}
