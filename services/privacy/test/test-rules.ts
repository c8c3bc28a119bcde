import type { Policy } from '@candor/contracts/policy/policy'
import type { PolicyVersion } from '@candor/contracts/policy/tenant-rules'
import { rulesInForce } from '@candor/policy/in-force'
import { candor } from '@candor/policy/packs/candor'
import type { Policies } from '@candor/service/policies'

/** Rules a test sets: one version in force for every business until another is published and effective. */
export function testRules(now: () => Date) {
  const listeners = new Set<(tenantId: string) => void>()
  const published = new Map<string, PolicyVersion[]>()
  const first: PolicyVersion = {
    version: 1,
    pack: 'candor',
    revisedAt: '2026-01-01T00:00:00.000Z',
    effectiveAt: '2026-01-01T00:00:00.000Z',
    policy: samplePolicy,
  }
  const rules: Policies & { publish(tenantId: string, version: Partial<PolicyVersion>): void } = {
    of: async (tenantId) => {
      const versions = published.get(tenantId) ?? [first]
      return rulesInForce(tenantId, { tenantId, revision: 1, versions, holds: [] }, now())
    },
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    publish(tenantId, version) {
      const versions = published.get(tenantId) ?? [first]
      published.set(tenantId, [...versions, { ...versions.at(-1)!, ...version }])
      for (const listener of listeners) listener(tenantId)
    },
  }
  return rules
}

const rule = {
  ...candor.policy.categories['rights-requests'],
  because: 'a test asks for it',
  recipients: ['host'],
  retention: { ...candor.policy.categories['rights-requests'].retention, period: { months: 12 } },
}

export const samplePolicy: Policy = {
  ...candor.policy,
  categories: { ...candor.policy.categories, 'rights-requests': rule },
  recipients: [
    {
      ...candor.policy.recipients[0]!,
      id: 'host',
      name: 'Hosting Ltd',
      purpose: 'stores the data',
      country: 'DE',
    },
  ],
  awareness: { every: { months: 12 }, blocksAccess: true },
  disclosure: { grounds: ['Court order', 'Danger to life'], secondApproval: true },
  agreements: ['dpa', 'standard-clauses'],
  contact: { email: 'privacy@shop.example', officer: { name: 'Doris', email: 'officer@shop.example' } },
}
