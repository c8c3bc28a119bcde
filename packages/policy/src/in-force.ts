import type { Policy } from '@candor/contracts/policy/policy'
import type { LegalHold, PolicyVersion, TenantRules } from '@candor/contracts/policy/tenant-rules'
import { noticeEffectiveAt } from './notice.ts'
import { candor } from './packs/candor.ts'

/** What a business has promised before it publishes anything of its own. */
export const firstVersion: PolicyVersion = {
  version: 1,
  pack: 'candor',
  revisedAt: noticeEffectiveAt,
  effectiveAt: noticeEffectiveAt,
  policy: candor.policy,
}

/** The rules of one tenant at one moment. */
export interface RulesInForce {
  readonly tenantId: string
  /** 0 while the business has published nothing. */
  readonly revision: number
  readonly version: PolicyVersion
  /** What is obeyed now: that of `version`. */
  readonly policy: Policy
  /** What is obeyed now and later, in order of effect. */
  readonly versions: readonly PolicyVersion[]
  /** Holds that last. */
  readonly holds: readonly LegalHold[]
  readonly isClosed: boolean
}

export function rulesInForce(tenantId: string, rules: TenantRules | undefined, now: Date): RulesInForce {
  const versions = rules?.versions ?? [firstVersion]
  const holds = (rules?.holds ?? []).filter(({ until }) => until === null || new Date(until) > now)
  const version = versionInForce(versions, now)
  return {
    tenantId,
    revision: rules?.revision ?? 0,
    version,
    policy: version.policy,
    versions,
    holds,
    isClosed: rules?.closedAt !== undefined,
  }
}

/** The last version that has taken effect; before the first has, that one. */
export function versionInForce<V extends PolicyVersion>(versions: readonly V[], now: Date): V {
  return versions.findLast(({ effectiveAt }) => new Date(effectiveAt) <= now) ?? versions[0]!
}
