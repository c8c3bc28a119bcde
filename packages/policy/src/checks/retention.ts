import type { CategoryId, Channel } from '@candor/contracts/policy/categories'
import type { PolicyProblem } from '@candor/contracts/policy/notice'
import type { CategoryRule, Policy } from '@candor/contracts/policy/policy'
import { canEndBefore } from '../can-end-before.ts'
import type { Span } from '../can-end-before.ts'
import { getCategory } from '../categories.ts'
import { ceilings, recordLaws } from '../laws.ts'
import { periodText } from '../period.ts'
import { eachCategory, problem } from './problem.ts'

/** Whether each category is kept as long as it has to be, and no longer than it may. */
export function checkRetention(policy: Policy): PolicyProblem[] {
  return [
    ...eachCategory(policy, (id, rule, path) => [
      ...checkKind(id, rule, `${path}.retention`),
      ...spansOf(rule, `${path}.retention`).flatMap(({ span, at }) => [
        ...checkLaws(policy, id, span, at),
        ...checkCeilings(id, span, at),
      ]),
    ]),
    ...checkConsentProof(policy),
    ...checkAddress(policy),
  ]
}

const byChannelPossible: readonly CategoryId[] = ['conversation', 'contact-details', 'usage-facts']

function checkKind(id: CategoryId, { retention }: CategoryRule, path: string): PolicyProblem[] {
  const { lasts, canBeAnonymised } = getCategory(id)
  return [
    ...problem(
      retention.period === null && !lasts,
      `${path}.period`,
      'it belongs to nothing that would end it: give it a period',
    ),
    ...problem(
      retention.disposition === 'anonymise' && !canBeAnonymised,
      `${path}.disposition`,
      'nothing of it can be kept without leading back to the person: make it "delete"',
    ),
    ...problem(
      Object.keys(retention.byChannel).length > 0 && !byChannelPossible.includes(id),
      `${path}.byChannel`,
      'it came by no channel: take the periods by channel away',
    ),
  ]
}

function checkLaws(policy: Policy, id: CategoryId, span: Span, at: string): PolicyProblem[] {
  return recordLaws
    .filter((law) => law.category === id && law.appliesTo(policy))
    .flatMap(({ law, period, yearEnd, ownYear }) => {
      const least = { period, yearEnd: (ownYear && span.yearEnd) || yearEnd }
      const since = least.yearEnd ? ` after the end of the year (yearEnd "${least.yearEnd}")` : ''
      return problem(
        canEndBefore(span, least),
        at,
        `shorter than ${law} allows: at least ${periodText(period)}${since}`,
      )
    })
}

function checkCeilings(id: CategoryId, span: Span, at: string): PolicyProblem[] {
  return ceilings
    .filter(({ category }) => category === id)
    .flatMap((most) =>
      problem(canEndBefore(most, span), at, `at most ${periodText(most.period)}: ${most.because}`),
    )
}

function spansOf({ retention }: CategoryRule, path: string): { span: Span; at: string }[] {
  const { period, byChannel, yearEnd } = retention
  const usual = period ? [{ span: { period, yearEnd }, at: `${path}.period` }] : []
  const others = Object.entries(byChannel) as [Channel, NonNullable<typeof period>][]
  return [
    ...usual,
    ...others.map(([channel, own]) => ({
      span: { period: own, yearEnd },
      at: `${path}.byChannel.${channel}`,
    })),
  ]
}

/** Whoever relies on a consent must be able to show it (GDPR article 7(1)). */
function checkConsentProof(policy: Policy): PolicyProblem[] {
  const proof = policy.categories['consent-records'].retention
  if (!proof.period) return []
  const span = { period: proof.period, yearEnd: proof.yearEnd }
  return eachCategory(policy, (id, { basis, retention }) =>
    problem(
      basis === 'consent' && retention.period !== null && canEndBefore(span, { period: retention.period }),
      'categories.consent-records.retention.period',
      `the proof of consent would be gone before what rests on it: make it as long as that of ${id}`,
    ),
  )
}

function checkAddress({ visitorAddress: { keep }, categories }: Policy): PolicyProblem[] {
  const log = categories['security-log'].retention.period
  return problem(
    keep !== null && log !== null && canEndBefore({ period: log }, { period: keep }),
    'visitorAddress.keep',
    'the address is kept in the security log: make it no longer than categories.security-log.retention.period',
  )
}
