import type { Policy } from '@candor/contracts/policy/policy'
import type { Consent, ConsentRecord } from '@candor/contracts/privacy/consent-schemas'
import type { ConsentEntry } from '../../store/consent-log.ts'

/**
 * Somebody's consent as they see it, from the history of each id they are known by, newest first. A purpose that is no
 * longer asked for is no longer followed either.
 */
export function describeConsent(policy: Policy, histories: readonly (readonly ConsentEntry[])[]): Consent {
  const { asked, textVersion } = policy.consent
  const last = histories.flatMap(([newest]) => newest ?? [])
  return {
    given: asked.filter((purpose) => last.some(({ holds }) => holds.includes(purpose))),
    outdated: last.some((entry) => entry.textVersion !== textVersion),
    history: histories
      .flat()
      .toSorted((one, other) => other.at.localeCompare(one.at))
      .map(toRecord),
  }
}

function toRecord(entry: ConsentEntry): ConsentRecord {
  const { at, action, source, text, textVersion, given, refused, signals } = entry
  return { at, action, source, text, textVersion, given, refused, signals }
}
