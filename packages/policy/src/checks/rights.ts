import type { PolicyProblem } from '@candor/contracts/policy/notice'
import { requestKinds } from '@candor/contracts/policy/request-kinds'
import type { Policy, RequestKind } from '@candor/contracts/policy/policy'
import { canEndBefore } from '../can-end-before.ts'
import { ccpaRights, gdprRights } from '@candor/contracts/policy/request-kinds'
import { rightLimits } from '../laws.ts'
import { periodText } from '../period.ts'
import { problem } from './problem.ts'

/** Whether the rights are there that the law gives, each within its time. */
export function checkRights(policy: Policy): PolicyProblem[] {
  const offers = (kind: RequestKind) => policy.rights[kind] !== undefined
  const isCalifornian = policy.agreements.includes('ccpa')
  const { marketing, minors } = policy
  return [
    ...gdprRights.flatMap((kind) =>
      problem(
        !offers(kind),
        `rights.${kind}`,
        'the GDPR gives this right to everyone: add it with its limit',
      ),
    ),
    ...ccpaRights.flatMap((kind) =>
      problem(
        isCalifornian && !offers(kind),
        `rights.${kind}`,
        'the CCPA gives this right: add it with its limit, or take "ccpa" out of agreements',
      ),
    ),
    ...problem(
      Object.values(marketing).some((choice) => choice !== 'never') && !offers('marketing-opt-out'),
      'rights.marketing-opt-out',
      'who gets news can always stop it (GDPR article 21(2)): add it, or make all of marketing "never"',
    ),
    ...problem(
      minors !== null && !offers('minor-report'),
      'rights.minor-report',
      'with a minimum age there is a way to report a minor: add it, or make minors null',
    ),
    ...problem(
      minors === null && offers('minor-report'),
      'minors',
      'minors can be reported, so say from which age the chat may be used and how soon the rest is erased',
    ),
    ...problem(
      minors !== null && canEndBefore({ period: { months: 1 } }, { period: minors.eraseWithin }),
      'minors.eraseWithin',
      "a minor's data goes promptly: make it a month or less",
    ),
    ...checkMinorReport(policy),
    ...requestKinds.flatMap((kind) => checkLimit(policy, kind)),
  ]
}

function checkMinorReport({ minors, rights }: Policy): PolicyProblem[] {
  const report = rights['minor-report']
  return problem(
    minors !== null &&
      report !== undefined &&
      canEndBefore({ period: minors.eraseWithin }, { period: report.within }),
    'rights.minor-report.within',
    'what is reported is erased by then: make it no longer than minors.eraseWithin',
  )
}

function checkLimit(policy: Policy, kind: RequestKind): PolicyProblem[] {
  const right = policy.rights[kind]
  if (!right) return []
  const { within, extension, law } = rightLimits[kind]
  return [
    ...problem(
      canEndBefore({ period: within }, { period: right.within }),
      `rights.${kind}.within`,
      `at most ${periodText(within)} (${law})`,
    ),
    ...problem(
      right.extension !== null &&
        (extension === null || canEndBefore({ period: extension }, { period: right.extension })),
      `rights.${kind}.extension`,
      extension ? `at most ${periodText(extension)} (${law})` : `cannot be put off (${law}): make it null`,
    ),
  ]
}
