import type { TenantRules } from '@candor/contracts/policy/tenant-rules'

/** The rules this process was asked for lately, in front of the table that has them all. */
export function rememberRules(
  read: (tenantId: string) => Promise<TenantRules | undefined>,
  tenantsMax = 2_000,
): RulesMemory {
  const known = new Map<string, TenantRules | undefined>()
  const reading = new Map<string, Promise<TenantRules | undefined>>()

  async function readOnce(tenantId: string): Promise<TenantRules | undefined> {
    const started = read(tenantId)
    reading.set(tenantId, started)
    try {
      const rules = await started
      // A change that came meanwhile may not have been seen by the read, which then counts for this call alone.
      if (reading.get(tenantId) === started) known.set(tenantId, rules)
      if (known.size > tenantsMax) known.delete(known.keys().next().value!)
      return rules
    } finally {
      if (reading.get(tenantId) === started) reading.delete(tenantId)
    }
  }

  return {
    async find(tenantId) {
      if (known.has(tenantId)) return known.get(tenantId)
      return reading.get(tenantId) ?? readOnce(tenantId)
    },
    outdate(tenantId, revision) {
      if ((known.get(tenantId)?.revision ?? 0) >= revision) return false
      known.delete(tenantId)
      reading.delete(tenantId)
      return true
    },
    forget() {
      known.clear()
      reading.clear()
    },
  }
}

export interface RulesMemory {
  find(tenantId: string): Promise<TenantRules | undefined>
  /** The table has had this revision: anything older is read again. Answers whether it is news to this process. */
  outdate(tenantId: string, revision: number): boolean
  /** Reads everything again from here on. */
  forget(): void
}
