import type { CategoryId } from '@candor/contracts/policy/categories'
import type { Period } from '@candor/contracts/policy/period'
import type { Policy, RequestKind } from '@candor/contracts/policy/policy'

/** How long a record has to be kept at least, by law, and from where the law counts. */
export const recordLaws: readonly RecordLaw[] = [
  {
    category: 'purchase-records',
    appliesTo: ({ region }) => region === 'eea',
    period: { years: 8 },
    yearEnd: '12-31',
    law: 'section 14b UStG and section 147(3) AO (Germany)',
  },
  {
    category: 'purchase-records',
    appliesTo: ({ region }) => region === 'uk',
    period: { years: 6 },
    yearEnd: '03-31',
    ownYear: true,
    law: 'Finance Act 1998, schedule 18, paragraph 21 (United Kingdom)',
  },
  {
    category: 'purchase-records',
    appliesTo: ({ region }) => region === 'us',
    period: { years: 3 },
    yearEnd: '12-31',
    law: '26 CFR 1.6001-1(e) with 26 USC 6501(a) (United States)',
  },
  {
    category: 'rights-requests',
    appliesTo: ({ agreements }) => agreements.includes('ccpa'),
    period: { months: 24 },
    yearEnd: null,
    law: '11 CCR section 7101(a) (California)',
  },
]

/** The law that has a category kept, in the region of the policy. */
export function lawOf(category: CategoryId, policy: Policy): string | undefined {
  return recordLaws.find((law) => law.category === category && law.appliesTo(policy))?.law
}

/** How long something may be kept at most, whatever a notice says. */
export const ceilings: readonly Ceiling[] = [
  {
    category: 'cookie-yield',
    period: { months: 13 },
    because: 'what cookies yield does not outlive the longest life of a cookie (CNIL, deliberation 2020-091)',
  },
  {
    category: 'security-log',
    period: { months: 12 },
    because: 'logs are kept six months to a year (CNIL, deliberation 2021-122)',
  },
  {
    category: 'evidence-log',
    period: { months: 12 },
    because: 'evidence that a chat was used is kept twelve months and no longer',
  },
]

const gdpr = { within: { months: 1 }, extension: { months: 2 }, law: 'GDPR article 12(3)' }
const ccpa = { within: { days: 45 }, extension: { days: 45 }, law: '11 CCR section 7021(b)' }

/** By when a request has to be answered, and by how much that can be put off. */
export const rightLimits: Record<RequestKind, RightLimit> = {
  access: gdpr,
  erasure: gdpr,
  correction: gdpr,
  restriction: gdpr,
  objection: gdpr,
  portability: gdpr,
  deactivation: { ...gdpr, extension: null },
  'marketing-opt-out': { within: { days: 14 }, extension: null, law: '15 USC 7704(a)(4)' },
  'minor-report': { ...gdpr, extension: null },
  'ccpa-know': ccpa,
  'ccpa-delete': ccpa,
  'ccpa-correct': ccpa,
  'ccpa-opt-out': { within: { days: 21 }, extension: null, law: '11 CCR section 7026(f)' },
}

export interface RecordLaw {
  readonly category: CategoryId
  readonly appliesTo: (policy: Policy) => boolean
  readonly period: Period
  readonly yearEnd: string | null
  /** Whether a business whose financial year ends on another day counts from there. */
  readonly ownYear?: true
  readonly law: string
}

export interface Ceiling {
  readonly category: CategoryId
  readonly period: Period
  readonly because: string
}

export interface RightLimit {
  readonly within: Period
  readonly extension: Period | null
  readonly law: string
}
