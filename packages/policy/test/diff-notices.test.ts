import type { Policy } from '@candor/contracts/policy/policy'
import { diffNotices } from '@candor/policy/diff-notices'
import { diffPolicies } from '@candor/policy/diff-policies'
import type { Pack } from '@candor/policy/pack'
import { packs } from '@candor/policy/packs'
import { renderNotice } from '@candor/policy/render-notice'
import { hasRule } from '@candor/policy/significance'
import { expect, test } from 'vitest'

const { candor } = packs

test('a policy does not differ from itself, whatever the order of its lists', () => {
  const turned = changed((p) => {
    p.recipients.reverse()
    p.consent.asked.reverse()
    p.categories.conversation.purposes.reverse()
  })
  expect(diffPolicies(candor.policy, turned)).toEqual([])
})

test.each<[string, (policy: Policy) => unknown, path: string]>([
  [
    'a longer retention',
    (p) => (p.categories.conversation.retention.period = { months: 13 }),
    'categories.conversation.retention.period',
  ],
  [
    'a retention without an end',
    (p) => (p.categories['security-log'].retention.period = null),
    'categories.security-log.retention.period',
  ],
  [
    'a longer retention of one channel',
    (p) => (p.categories.conversation.retention.byChannel = { mail: { years: 2 } }),
    'categories.conversation.retention.byChannel.mail',
  ],
  [
    'anonymising where it was deleted',
    (p) => (p.categories['usage-facts'].retention.disposition = 'anonymise'),
    'categories.usage-facts.retention.disposition',
  ],
  ['another basis', (p) => (p.categories.conversation.basis = 'contract'), 'categories.conversation.basis'],
  [
    'a new purpose',
    (p) => p.categories.conversation.purposes.push('measure-use'),
    'categories.conversation.purposes',
  ],
  ['a new recipient', (p) => p.recipients.push({ ...p.recipients[0]!, id: 'new' }), 'recipients.new'],
  [
    'one more recipient of a category',
    (p) => p.categories.conversation.recipients.push('mail-delivery'),
    'categories.conversation.recipients',
  ],
  ['a recipient that moved', (p) => (p.recipients[1]!.country = 'FR'), 'recipients.hosting.country'],
  ['a right that is gone', (p) => delete p.rights.deactivation, 'rights.deactivation'],
  [
    'a right that takes longer',
    (p) => (p.rights['minor-report']!.within = { days: 10 }),
    'rights.minor-report.within',
  ],
  [
    'a right that can be put off',
    (p) => (p.rights.deactivation!.extension = { days: 10 }),
    'rights.deactivation.extension',
  ],
  ['consent asked for more', (p) => p.consent.asked.push('advertising'), 'consent.asked'],
  ['a signal ignored', (p) => (p.signals.doNotTrack = 'ignored'), 'signals.doNotTrack'],
  [
    'a new cookie that is not essential',
    (p) => p.cookies.push({ ...p.cookies[7]!, name: 'new' }),
    'cookies.new',
  ],
  ['an address kept', (p) => (p.visitorAddress.keep = { days: 1 }), 'visitorAddress.keep'],
  ['news until opted out', (p) => (p.marketing.serviceNews = 'opt-out'), 'marketing.serviceNews'],
  [
    'one person alone who discloses',
    (p) => (p.disclosure.secondApproval = false),
    'disclosure.secondApproval',
  ],
  ['fewer ways to be told of changes', (p) => p.announcements.splice(0, 1), 'announcements'],
  ['another region', (p) => (p.region = 'uk'), 'region'],
])('%s is significant', (_, change, path) => {
  expect(diffPolicies(candor.policy, changed(change))).toMatchObject([{ path, significant: true }])
})

test.each<[string, (policy: Policy) => unknown, path: string]>([
  [
    'a shorter retention',
    (p) => (p.categories.conversation.retention.period = { months: 6 }),
    'categories.conversation.retention.period',
  ],
  [
    'the same length in other units',
    (p) => (p.categories.conversation.retention.period = { years: 1 }),
    'categories.conversation.retention.period',
  ],
  ['a purpose given up', (p) => p.categories.conversation.purposes.pop(), 'categories.conversation.purposes'],
  ['a recipient that is gone', (p) => p.recipients.pop(), 'recipients.tax-authority'],
  ['a quicker right', (p) => (p.rights.access!.within = { days: 7 }), 'rights.access.within'],
  [
    'a right that can no longer be put off',
    (p) => (p.rights.access!.extension = null),
    'rights.access.extension',
  ],
  ['consent asked for less', (p) => p.consent.asked.pop(), 'consent.asked'],
  ['no more news', (p) => (p.marketing.other = 'never'), 'marketing.other'],
  ['a new essential cookie', (p) => p.cookies.push({ ...p.cookies[0]!, name: 'new' }), 'cookies.new'],
  ['a contact', (p) => (p.contact.email = 'privacy@example.org'), 'contact.email'],
  [
    'other words for the basis',
    (p) => (p.categories.conversation.because = 'we do'),
    'categories.conversation.because',
  ],
])('%s is told and not significant', (_, change, path) => {
  expect(diffPolicies(candor.policy, changed(change))).toMatchObject([{ path, significant: false }])
})

test('there and back, whatever differs between two packs, stands in both diffs', () => {
  for (const one of Object.values<Pack>(packs)) {
    for (const other of Object.values<Pack>(packs)) {
      const [there, back] = [diffPolicies(one.policy, other.policy), diffPolicies(other.policy, one.policy)]
      expect(there.map(({ path }) => path).toSorted()).toEqual(back.map(({ path }) => path).toSorted())
    }
  }
})

test('there is a rule for every setting of every pack', () => {
  const without = Object.values<Pack>(packs).flatMap(({ policy }) =>
    leaves([], policy).filter((path) => !hasRule(path)),
  )
  expect(without).toEqual([])
})

test('a notice tells its changes paragraph by paragraph, and which settings are behind them', () => {
  const changes = diffNotices(
    notice(candor),
    notice(
      candor,
      changed((p) => (p.categories.conversation.retention.period = { months: 6 })),
    ),
  )
  expect(changes).toEqual({
    isSignificant: false,
    settings: [
      {
        path: 'categories.conversation.retention.period',
        before: { months: 12 },
        after: { months: 6 },
        significant: false,
      },
    ],
    paragraphs: [
      {
        path: 'data.categories.conversation',
        before: expect.stringContaining('12 months'),
        after: expect.stringContaining('6 months'),
        significant: false,
      },
    ],
  })
})

test('a promise taken back is significant', () => {
  const { imocloud } = packs
  const kept: Policy = JSON.parse(JSON.stringify(imocloud.policy))
  kept.signals.doNotTrack = 'obeyed'
  const changes = diffNotices(notice(imocloud), notice(imocloud, kept))
  expect(changes.isSignificant).toBe(true)
  expect(changes.paragraphs).toMatchObject([
    { path: 'signals.imocloud-13-dnt-ignored', after: null, significant: true },
    { path: 'signals.signals.doNotTrack', before: null, significant: false },
  ])
})

function notice(pack: Pack, policy = pack.policy) {
  return renderNotice({
    pack,
    policy,
    business: { name: 'Shop', country: 'DE' },
    revisedAt: null,
    effectiveAt: null,
  })
}

function changed(change: (policy: Policy) => unknown): Policy {
  const policy: Policy = JSON.parse(JSON.stringify(candor.policy))
  change(policy)
  return policy
}

/** The paths that a diff can end in. */
function leaves(path: string[], value: unknown): string[][] {
  const isList = Array.isArray(value)
  const isPlain =
    typeof value === 'object' &&
    value !== null &&
    !isList &&
    !('days' in value || 'months' in value || 'years' in value)
  if (isList && typeof value[0] === 'object' && path.length === 1) {
    return value.flatMap((entry: { id?: string; name: string }) =>
      leaves([...path, entry.id ?? entry.name], entry),
    )
  }
  if (!isPlain) return [path]
  return Object.entries(value).flatMap(([key, own]) => leaves([...path, key], own))
}
