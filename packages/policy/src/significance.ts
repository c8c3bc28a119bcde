import type { Period } from '@candor/contracts/policy/period'
import { canEndBefore } from './can-end-before.ts'

/**
 * Whether a change of a setting takes something from the people whose data it is: kept longer, given to more, used
 * for more, a right weakened. What no rule speaks of is significant, to be on the safe side.
 */
export function isSignificant(path: readonly string[], before: unknown, after: unknown): boolean {
  return findRule(path)?.takes(before, after) ?? true
}

/** Whether some rule speaks of the setting. */
export function hasRule(path: readonly string[]): boolean {
  return findRule(path) !== undefined
}

type Takes = (before: unknown, after: unknown) => boolean

const always: Takes = () => true
const never: Takes = () => false
const gained: Takes = (before, after) => missing(after, before)
const lost: Takes = (before, after) => missing(before, after)
const added: Takes = (before) => before === null
const removed: Takes = (_, after) => after === null
const became =
  (value: unknown): Takes =>
  (_, after) =>
    after === value
/** A period that can now end later; no period at all is the longest. */
const longer: Takes = (before, after) => {
  if (before === null || after === null) return after === null
  return canEndBefore({ period: before as Period }, { period: after as Period })
}
/** The same where no period means: not at all. */
const longerThanNone: Takes = (before, after) => after !== null && (before === null || longer(before, after))
const rises =
  (...ranks: string[]): Takes =>
  (before, after) =>
    ranks.indexOf(after as string) > ranks.indexOf(before as string)
const addedUnlessEssential: Takes = (before, after) =>
  before === null && (after as { kind: string }).kind !== 'essential'

/** By path; `*` stands for any one part. */
const rules: Record<string, Takes> = {
  region: always,
  'categories.*.basis': always,
  'categories.*.because': never,
  'categories.*.purposes': gained,
  'categories.*.recipients': gained,
  'categories.*.retention.period': longer,
  // With a period of its own taken away a channel has the usual one again, which may be longer.
  'categories.*.retention.byChannel.*': (before, after) =>
    before === null || after === null || longer(before, after),
  'categories.*.retention.yearEnd': (_, after) => after !== null,
  'categories.*.retention.disposition': became('anonymise'),
  'consent.asked': gained,
  'consent.prompt': became('none'),
  'consent.text': never,
  'consent.textVersion': never,
  'signals.*': became('ignored'),
  'cookies.*': addedUnlessEssential,
  'cookies.*.kind': always,
  'cookies.*.name': never,
  'cookies.*.storage': never,
  'cookies.*.purpose': always,
  'cookies.*.lifetime': longer,
  identityProof: lost,
  minors: always,
  'minors.minimumAge': always,
  'minors.eraseWithin': longer,
  'rights.*': removed,
  'rights.*.within': longer,
  'rights.*.extension': longerThanNone,
  'recipients.*': added,
  'recipients.*.id': never,
  'recipients.*.name': always,
  'recipients.*.role': always,
  'recipients.*.purpose': always,
  'recipients.*.country': always,
  'recipients.*.safeguard': always,
  'recipients.*.agreement': removed,
  'recipients.*.hosts': never,
  paymentProviders: gained,
  'marketing.serviceNews': rises('never', 'opt-in', 'opt-out'),
  'marketing.other': rises('never', 'opt-in'),
  'marketing.campaigns': rises('never', 'instructed'),
  'visitorAddress.derive': rises('nothing', 'country'),
  'visitorAddress.keep': longerThanNone,
  'guard.patterns': lost,
  'guard.keywords': lost,
  awareness: removed,
  'awareness.every': longer,
  'awareness.blocksAccess': became(false),
  'disclosure.grounds': gained,
  'disclosure.secondApproval': became(false),
  agreements: always,
  announcements: lost,
  'contact.email': never,
  'contact.officer': never,
  'contact.officer.*': never,
}

const byParts = Object.entries(rules).map(([pattern, takes]) => ({ parts: pattern.split('.'), takes }))

function findRule(path: readonly string[]): { takes: Takes } | undefined {
  return byParts.find(
    ({ parts }) =>
      parts.length === path.length && parts.every((part, index) => part === '*' || part === path[index]),
  )
}

function missing(from: unknown, others: unknown): boolean {
  return (from as unknown[]).some((entry) => !(others as unknown[]).includes(entry))
}
