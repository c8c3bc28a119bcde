import { pack } from '../pack.ts'
import { categoryRules, conversationsKept } from '../parts/category-rules.ts'
import { rememberAndCountText } from '../parts/consent-texts.ts'
import { essentialCookies, rememberMeCookie, statisticsCookie } from '../parts/cookies.ts'
import { cardsGuard } from '../parts/guard.ts'
import { candorPlatform, hosting, mailDelivery, sandbox, stripe, taxAuthority } from '../parts/recipients.ts'
import { anonymiseAfter, deleteAfter } from '../parts/retention.ts'
import { europeanRights } from '../parts/rights.ts'

export const chatsphere = pack({
  id: 'chatsphere',
  title: 'Business service whose clients direct everything',
  policy: {
    region: 'eea',
    categories: categoryRules({
      ...conversationsKept(deleteAfter({ months: 36 })),
      'usage-facts': { retention: anonymiseAfter({ months: 36 }) },
      'purchase-records': { recipients: ['candor', 'hosting', 'stripe', 'sandbox', 'tax-authority'] },
    }),
    consent: {
      asked: ['remember-me', 'statistics', 'marketing-mail'],
      prompt: 'banner',
      text: rememberAndCountText,
      textVersion: 1,
    },
    signals: { doNotTrack: 'obeyed', globalPrivacyControl: 'obeyed' },
    cookies: [...essentialCookies, rememberMeCookie, statisticsCookie],
    identityProof: ['mailed-link', 'signed-in'],
    minors: null,
    rights: europeanRights,
    recipients: [candorPlatform, hosting, mailDelivery, stripe, sandbox, taxAuthority],
    paymentProviders: ['stripe', 'sandbox'],
    marketing: { serviceNews: 'opt-in', other: 'opt-in', campaigns: 'instructed' },
    visitorAddress: { derive: 'country', keep: null },
    guard: cardsGuard,
    awareness: null,
    disclosure: { grounds: ['A law that binds us'], secondApproval: true },
    agreements: ['dpa'],
    announcements: ['mail', 'banner'],
    contact: { email: null, officer: null },
  },
  fillIn: ['contact.email'],
  clauses: [
    {
      id: 'chatsphere-01-contact-data',
      text: 'We take your name, e-mail address, telephone number and whatever else you give us to reach you.',
      settings: ['categories.contact-details.purposes', 'categories.contact-details.retention'],
    },
    {
      id: 'chatsphere-02-interaction-data',
      text: 'We keep what you asked, what was answered and what belongs to it.',
      settings: ['categories.conversation.purposes', 'categories.conversation.retention'],
    },
    {
      id: 'chatsphere-03-purposes',
      text: 'We use it to answer you, to improve and personalise the service, to see how it is used, and to obey the law. For nothing else.',
      settings: ['categories.conversation.purposes', 'categories.usage-facts.purposes'],
    },
    {
      id: 'chatsphere-04-processors-bound',
      text: 'Companies that process data for us are bound by strict agreements, which our list refers to.',
      settings: ['recipients'],
    },
    {
      id: 'chatsphere-05-access-control',
      text: 'Who may see what is set for each role, and what staff read is recorded.',
      settings: [],
      byDesign: 'Every procedure names the roles that may call it, and refusals and reads are logged.',
    },
    {
      id: 'chatsphere-06-delete-or-anonymise',
      text: 'What we no longer need we delete for good or make anonymous, so that nothing leads back to you.',
      settings: [
        'categories.conversation.retention.disposition',
        'categories.usage-facts.retention.disposition',
      ],
    },
    {
      id: 'chatsphere-07-rights',
      text: 'You can see your data, have it corrected, object to its use and take it with you.',
      settings: ['rights.access', 'rights.correction', 'rights.objection', 'rights.portability'],
    },
    {
      id: 'chatsphere-08-deactivate-or-delete',
      text: 'If you only deactivate your account, what you took part in still shows your name. If you delete it, your name goes, except where we say otherwise.',
      settings: ['rights.deactivation', 'rights.erasure'],
    },
    {
      id: 'chatsphere-09-client-is-controller',
      text: 'Our client decides what happens to the data of the people it serves. We only carry out what it sets.',
      settings: [],
      byDesign: 'Every setting is the business’s own, and the platform changes none of them by itself.',
    },
    {
      id: 'chatsphere-10-effective-date',
      text: 'A changed notice appears here with the date from which it counts.',
      settings: ['announcements'],
    },
    {
      id: 'chatsphere-11-contact',
      text: 'For questions and requests write to the address on this page or use its form.',
      settings: ['contact.email'],
    },
  ],
})
