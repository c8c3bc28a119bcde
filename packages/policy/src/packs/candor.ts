import { accountAgeMin } from '@candor/contracts/identity/schemas'
import { pack } from '../pack.ts'
import { categoryRules, conversationsKept } from '../parts/category-rules.ts'
import { rememberAndCountText } from '../parts/consent-texts.ts'
import { essentialCookies, rememberMeCookie, statisticsCookie } from '../parts/cookies.ts'
import { sensitiveGuard } from '../parts/guard.ts'
import { candorPlatform, hosting, mailDelivery, sandbox, stripe, taxAuthority } from '../parts/recipients.ts'
import { deleteAfter } from '../parts/retention.ts'
import { californianRights, europeanRights, minorReport } from '../parts/rights.ts'

/** The strictest reading of all the others: what a business has that chose nothing. */
export const candor = pack<never>({
  id: 'candor',
  title: 'Candor: the strictest reading',
  policy: {
    region: 'eea',
    categories: categoryRules({
      ...conversationsKept(deleteAfter({ months: 12 })),
      'purchase-records': { recipients: ['candor', 'hosting', 'stripe', 'sandbox', 'tax-authority'] },
      'cookie-yield': { retention: deleteAfter({ months: 12 }) },
      'marketing-preference': { retention: deleteAfter({ months: 12 }) },
      'security-log': { retention: deleteAfter({ days: 30 }) },
    }),
    consent: {
      asked: ['remember-me', 'statistics', 'marketing-mail'],
      prompt: 'banner',
      text: rememberAndCountText,
      textVersion: 1,
    },
    signals: { doNotTrack: 'obeyed', globalPrivacyControl: 'obeyed' },
    cookies: [...essentialCookies, rememberMeCookie, statisticsCookie],
    identityProof: ['mailed-link', 'signed-in', 'document-check'],
    minors: { minimumAge: accountAgeMin, eraseWithin: { days: 1 } },
    rights: { ...europeanRights, ...californianRights, ...minorReport({ days: 1 }) },
    recipients: [candorPlatform, hosting, mailDelivery, stripe, sandbox, taxAuthority],
    paymentProviders: ['stripe', 'sandbox'],
    marketing: { serviceNews: 'opt-in', other: 'opt-in', campaigns: 'instructed' },
    visitorAddress: { derive: 'nothing', keep: null },
    guard: sensitiveGuard,
    awareness: { every: { months: 12 }, blocksAccess: true },
    disclosure: { grounds: ['A law or a court order that binds us'], secondApproval: true },
    agreements: ['dpa', 'standard-clauses', 'ccpa'],
    announcements: ['mail', 'banner', 'in-account'],
    contact: { email: null, officer: null },
  },
  fillIn: ['contact.email'],
  clauses: [],
})
