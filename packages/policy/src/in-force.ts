import { categoryIds, channels } from '@candor/contracts/policy/categories'
import type { CategoryId, Channel } from '@candor/contracts/policy/categories'
import type { Period } from '@candor/contracts/policy/period'
import type { Policy } from '@candor/contracts/policy/policy'
import type { LegalHold, PolicyVersion, TenantRules } from '@candor/contracts/policy/tenant-rules'
import { candor } from './packs/candor.ts'
import { endOf, isShorter } from './period.ts'

/** What a business has promised before it publishes anything of its own. */
export const firstVersion: PolicyVersion = {
  version: 1,
  pack: 'candor',
  revisedAt: '2026-11-21T00:00:00.000Z',
  effectiveAt: '2026-11-21T00:00:00.000Z',
  policy: candor.policy,
}

/** The rules of one tenant as a service obeys them at this moment. */
export interface RulesInForce {
  readonly tenantId: string
  /** 0 while the business has published nothing. */
  readonly revision: number
  /** The published version in force, as the notice tells it. */
  readonly version: PolicyVersion
  /** What is obeyed: that version, with the shorter periods that are still owed to what was collected before it. */
  readonly policy: Policy
  /** Every version that still matters, also past ones and those to come. */
  readonly versions: readonly PolicyVersion[]
  /** Holds that last. */
  readonly holds: readonly LegalHold[]
}

export function rulesInForce(tenantId: string, rules: TenantRules | undefined, now: Date): RulesInForce {
  const versions = rules?.versions ?? [firstVersion]
  const holds = (rules?.holds ?? []).filter(({ until }) => until === null || new Date(until) > now)
  const version = versionInForce(versions, now)
  const policy = withOwedPeriods(versions, version, now)
  return { tenantId, revision: rules?.revision ?? 0, version, policy, versions, holds }
}

/** The last version that has taken effect; before the first has, that one. */
export function versionInForce(versions: readonly PolicyVersion[], now: Date): PolicyVersion {
  return versions.findLast(({ effectiveAt }) => new Date(effectiveAt) <= now) ?? versions[0]!
}

/**
 * A longer period is for what is collected from its effective date on. Until everything collected before has reached
 * the end of the shorter one, counted from that date, the shorter one is obeyed: nothing newer can be that old yet.
 */
export function owedPeriod(
  versions: readonly PolicyVersion[],
  version: PolicyVersion,
  category: CategoryId,
  channel: Channel | undefined,
  now: Date,
): Period | null {
  let period = periodOf(version.policy, category, channel)
  for (const [index, earlier] of versions.entries()) {
    const next = versions[index + 1]
    if (earlier === version || !next) break
    const promised = periodOf(earlier.policy, category, channel)
    const replacedAt = new Date(next.effectiveAt)
    if (!promised || endOf(replacedAt, promised) <= now) continue
    if (!period || isShorter(promised, period, replacedAt)) period = promised
  }
  return period
}

/** How long a category is kept; null: as long as what it belongs to. */
export function periodOf(policy: Policy, category: CategoryId, channel?: Channel): Period | null {
  const { period, byChannel } = policy.categories[category].retention
  return (channel && byChannel[channel]) ?? period
}

function withOwedPeriods(versions: readonly PolicyVersion[], version: PolicyVersion, now: Date): Policy {
  if (versions[0] === version) return version.policy
  const categories = { ...version.policy.categories }
  for (const category of categoryIds) {
    const rule = categories[category]
    const byChannel: Partial<Record<Channel, Period>> = {}
    for (const channel of channels) {
      const owed = owedPeriod(versions, version, category, channel, now)
      if (owed) byChannel[channel] = owed
    }
    const period = owedPeriod(versions, version, category, undefined, now)
    const retention = { ...rule.retention, period, byChannel: unlike(byChannel, period) }
    categories[category] = { ...rule, retention }
  }
  return { ...version.policy, categories }
}

/** Only the channels whose period is not the category's own. */
function unlike(byChannel: Partial<Record<Channel, Period>>, period: Period | null) {
  const entries = Object.entries(byChannel).filter(
    ([, own]) => JSON.stringify(own) !== JSON.stringify(period),
  )
  return Object.fromEntries(entries) as Partial<Record<Channel, Period>>
}
