import type { Policy } from '@candor/contracts/policy/policy'
import type { ExpiredCount } from '@candor/contracts/privacy/notice-schemas'

/**
 * Counts what the first sweep under a policy would take from a tenant; null where the services have no procedure that
 * counts it. An unknown number is told as unknown.
 */
export type CountFirstNight = (wanted: {
  tenantId: string
  policy: Policy
  asOf: Date
}) => Promise<ExpiredCount[] | null>

export const countFirstNight: CountFirstNight = async () => null
