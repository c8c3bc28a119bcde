import type { PolicyProblem } from '@candor/contracts/policy/notice'
import type { Cookie, Policy } from '@candor/contracts/policy/policy'
import { canEndBefore } from '../can-end-before.ts'
import { problem } from './problem.ts'

/** Whether what is stored in browsers is asked for first, and ends. */
export function checkCookies(policy: Policy): PolicyProblem[] {
  const names = policy.cookies.map(({ name }) => name)
  const needsBanner = policy.cookies.some(({ kind }) => kind !== 'essential')
  return [
    ...policy.cookies.flatMap((cookie, index) => [
      ...problem(
        names.indexOf(cookie.name) !== index,
        `cookies.${index}.name`,
        `"${cookie.name}" stands in the list twice: leave one`,
      ),
      ...(cookie.kind === 'essential' ? [] : checkOptional(policy, cookie, `cookies.${index}`)),
    ]),
    ...problem(
      needsBanner && policy.consent.prompt !== 'banner',
      'consent.prompt',
      'cookies that are not essential are asked for first: make it "banner", or take them off the list',
    ),
    ...problem(
      policy.agreements.includes('ccpa') && policy.signals.globalPrivacyControl !== 'obeyed',
      'signals.globalPrivacyControl',
      'California has the signal obeyed (11 CCR section 7025): make it "obeyed", or take "ccpa" out of agreements',
    ),
  ]
}

function checkOptional(
  { consent, categories }: Policy,
  { name, kind, storage, lifetime }: Cookie,
  path: string,
): PolicyProblem[] {
  const yielded = categories['cookie-yield'].retention.period
  return [
    ...problem(
      kind !== 'essential' && !consent.asked.includes(kind),
      `${path}.kind`,
      `"${name}" needs consent that is not asked for: add "${kind}" to consent.asked, or take the cookie away`,
    ),
    ...problem(
      lifetime === null && storage !== 'session-storage' && storage !== 'pixel',
      `${path}.lifetime`,
      `"${name}" would stay in the browser for ever: give it a lifetime`,
    ),
    ...problem(
      lifetime !== null && yielded !== null && canEndBefore({ period: yielded }, { period: lifetime }),
      `${path}.lifetime`,
      `"${name}" would outlive what it yields: make it no longer than categories.cookie-yield.retention.period`,
    ),
  ]
}
