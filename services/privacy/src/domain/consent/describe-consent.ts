import type { Policy } from '@candor/contracts/policy/policy'
import type { Consent, ConsentRecord } from '@candor/contracts/privacy/consent-schemas'
import type { ConsentEntry } from '../../store/consent-log.ts'

/** A holder's consent as they see it. A purpose that is no longer asked for is no longer followed either. */
export function describeConsent(policy: Policy, entries: readonly ConsentEntry[]): Consent {
  const [last] = entries
  return {
    given: last?.holds.filter((purpose) => policy.consent.asked.includes(purpose)) ?? [],
    outdated: last !== undefined && last.textVersion !== policy.consent.textVersion,
    history: entries.map(toRecord),
  }
}

function toRecord(entry: ConsentEntry): ConsentRecord {
  const { at, action, source, text, textVersion, given, refused, signals } = entry
  return { at, action, source, text, textVersion, given, refused, signals }
}
