import type { CategoryId, ConsentPurpose, LegalBasis } from '@candor/contracts/policy/categories'
import type { PolicyProblem } from '@candor/contracts/policy/notice'
import type { Policy } from '@candor/contracts/policy/policy'
import type { Purpose } from '@candor/contracts/purposes'
import { lawOf } from '../laws.ts'
import { eachCategory, problem } from './problem.ts'

/** Whether each category has a basis that fits what it is used for. */
export function checkBases(policy: Policy): PolicyProblem[] {
  return [
    ...eachCategory(policy, (id, { basis, purposes }, path) => [
      ...purposes.flatMap((purpose) => checkPurpose(policy, `${path}.purposes`, purpose, basis)),
      ...checkLegalObligation(policy, id, path),
      ...checkSolePurpose(id, purposes, path),
    ]),
    ...checkMarketing(policy),
    ...problem(
      policy.categories['cookie-yield'].basis !== 'consent',
      'categories.cookie-yield.basis',
      'reading from a browser what is not essential needs consent (directive 2002/58/EC, article 5(3)): make it consent',
    ),
  ]
}

/** What consent a purpose needs where it rests on consent. */
export const consentFor: Partial<Record<Purpose, ConsentPurpose>> = {
  'remember-visitor': 'remember-me',
  'measure-use': 'statistics',
  advertise: 'advertising',
  'send-news': 'marketing-mail',
}

const solePurposes: Partial<Record<CategoryId, Purpose>> = {
  'security-log': 'keep-secure',
  'evidence-log': 'keep-evidence',
}

function checkPurpose(policy: Policy, path: string, purpose: Purpose, basis: LegalBasis): PolicyProblem[] {
  const consent = consentFor[purpose]
  const needsConsent = purpose === 'remember-visitor' || purpose === 'advertise'
  return [
    ...problem(purpose === 'none', path, 'take "none" away: it is for calls that touch no personal data'),
    ...problem(
      needsConsent && basis !== 'consent',
      path,
      `"${purpose}" is possible with consent only: take it away, or make consent the basis`,
    ),
    ...problem(
      basis === 'consent' && !consent,
      path,
      `nobody is asked for consent to "${purpose}": take it away, or choose another basis`,
    ),
    ...problem(
      basis === 'consent' && consent !== undefined && !policy.consent.asked.includes(consent),
      path,
      `"${purpose}" rests on consent that is not asked for: take it away, or add "${consent}" to consent.asked`,
    ),
  ]
}

function checkLegalObligation(policy: Policy, id: CategoryId, path: string): PolicyProblem[] {
  const { basis, purposes } = policy.categories[id]
  const law = lawOf(id, policy)
  return [
    ...problem(
      law !== undefined && basis !== 'legal-obligation',
      `${path}.basis`,
      `${law} has it kept: make legal-obligation the basis`,
    ),
    ...problem(
      basis === 'legal-obligation' && !purposes.includes('obey-law'),
      `${path}.purposes`,
      'a legal obligation is the basis, so add "obey-law", or choose another basis',
    ),
  ]
}

function checkSolePurpose(id: CategoryId, purposes: readonly Purpose[], path: string): PolicyProblem[] {
  const sole = solePurposes[id]
  const others = purposes.filter((purpose) => purpose !== sole)
  return problem(
    sole !== undefined && (others.length > 0 || !purposes.includes(sole)),
    `${path}.purposes`,
    `this log serves "${sole}" alone: leave nothing else in the list`,
  )
}

function checkMarketing({ marketing, consent, categories }: Policy): PolicyProblem[] {
  const asks = consent.asked.includes('marketing-mail')
  const needsConsent = (['serviceNews', 'other'] as const).filter((kind) => marketing[kind] === 'opt-in')
  return [
    ...needsConsent.flatMap((kind) =>
      problem(
        !asks,
        `marketing.${kind}`,
        'news by consent needs the question: add "marketing-mail" to consent.asked, or make it "never"',
      ),
    ),
    ...problem(
      needsConsent.length > 0 &&
        marketing.serviceNews !== 'opt-out' &&
        categories['marketing-preference'].basis !== 'consent',
      'categories.marketing-preference.basis',
      'all news is sent by consent: make consent the basis',
    ),
    ...problem(
      marketing.serviceNews === 'opt-out' && categories['marketing-preference'].basis === 'consent',
      'marketing.serviceNews',
      'news until somebody opts out rests on legitimate interests: say so in categories.marketing-preference.basis, or make it "opt-in"',
    ),
  ]
}
