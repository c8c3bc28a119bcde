import type { ConsentPurpose } from '@candor/contracts/policy/categories'
import type { Policy } from '@candor/contracts/policy/policy'
import type { PrivacySignals } from '@candor/contracts/privacy/consent-schemas'

/** What a browser's signals refuse under a notice, whatever its user agreed to before. */
export function refusedBySignals(rules: Policy['signals'], signals: PrivacySignals): ConsentPurpose[] {
  const isRefused =
    (signals.doNotTrack && rules.doNotTrack === 'obeyed') ||
    (signals.globalPrivacyControl && rules.globalPrivacyControl === 'obeyed')
  return isRefused ? ['statistics', 'advertising', 'marketing-mail'] : []
}

/** Signals seen in two ways, by header and by script: one that was seen at all was given. */
export function joinSignals(one: PrivacySignals, other: Partial<PrivacySignals> = {}): PrivacySignals {
  return {
    doNotTrack: one.doNotTrack || other.doNotTrack === true,
    globalPrivacyControl: one.globalPrivacyControl || other.globalPrivacyControl === true,
  }
}

/**
 * Whether a page visit may be counted: with consent where the notice asks for it. Where it does not, visits are still
 * counted, for the counts identify nobody; a signal that is obeyed refuses even that.
 */
export function mayCountVisit(
  policy: Pick<Policy, 'consent' | 'signals'>,
  given: readonly ConsentPurpose[],
  signals: PrivacySignals,
): boolean {
  if (refusedBySignals(policy.signals, signals).includes('statistics')) return false
  return given.includes('statistics') || !policy.consent.asked.includes('statistics')
}

/** Whether what an advertising cookie yields may be kept: never without consent, asked for and not refused since. */
export function mayKeepCampaign(
  policy: Pick<Policy, 'consent' | 'signals'>,
  given: readonly ConsentPurpose[],
  signals: PrivacySignals,
): boolean {
  return (
    given.includes('advertising') &&
    policy.consent.asked.includes('advertising') &&
    !refusedBySignals(policy.signals, signals).includes('advertising')
  )
}
