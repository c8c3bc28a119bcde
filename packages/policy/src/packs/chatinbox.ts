import { pack } from '../pack.ts'
import { categoryRules, conversationsKept } from '../parts/category-rules.ts'
import { rememberAndCountText } from '../parts/consent-texts.ts'
import { essentialCookies, rememberMeCookie, statisticsCookie } from '../parts/cookies.ts'
import { cardsGuard } from '../parts/guard.ts'
import {
  candorPlatform,
  hosting,
  mailDelivery,
  processor,
  sandbox,
  stripe,
  taxAuthority,
} from '../parts/recipients.ts'
import { deleteAfter } from '../parts/retention.ts'
import { californianRights, europeanRights } from '../parts/rights.ts'

const mailIntake = processor({
  id: 'mail-intake',
  name: 'The inbound mail service',
  purpose: 'takes in forwarded mail',
  country: 'US',
  safeguard: 'standard-clauses',
  agreement: 'Inbound mail data processing agreement',
})

export const chatinbox = pack({
  id: 'chatinbox',
  title: 'Shared inbox with a Californian policy',
  policy: {
    region: 'eea',
    categories: categoryRules({
      ...conversationsKept(deleteAfter({ months: 24 })),
      conversation: {
        recipients: ['candor', 'hosting', 'mail-intake'],
        retention: deleteAfter({ months: 24 }),
      },
      'purchase-records': { recipients: ['candor', 'hosting', 'stripe', 'sandbox', 'tax-authority'] },
      'security-log': { retention: deleteAfter({ days: 60 }) },
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
    rights: { ...europeanRights, ...californianRights },
    recipients: [candorPlatform, hosting, mailIntake, mailDelivery, stripe, sandbox, taxAuthority],
    paymentProviders: ['stripe', 'sandbox'],
    marketing: { serviceNews: 'opt-in', other: 'opt-in', campaigns: 'instructed' },
    visitorAddress: { derive: 'country', keep: { days: 60 } },
    guard: cardsGuard,
    awareness: null,
    disclosure: {
      grounds: ['A law that binds us', 'Prevention of fraud', 'Safety of a person'],
      secondApproval: true,
    },
    agreements: ['dpa', 'standard-clauses', 'ccpa'],
    announcements: ['in-account', 'banner'],
    contact: { email: null, officer: null },
  },
  fillIn: ['contact.email'],
  clauses: [
    {
      id: 'chatinbox-01-people',
      text: 'We tell three kinds of people apart: the businesses that use the service, their staff, and the people who write to them.',
      settings: [],
      byDesign: 'They are the roles of every call and of every entry in the audit log.',
    },
    {
      id: 'chatinbox-02-dnt-honoured',
      text: 'If your browser sends Do Not Track or Global Privacy Control, nothing about you goes to others for analysis or marketing, whatever you chose before.',
      settings: ['signals.doNotTrack', 'signals.globalPrivacyControl'],
    },
    {
      id: 'chatinbox-03-security-log-60-days',
      text: 'For security and to find defects we log network address and device for at most {categories.security-log.retention.period}. We join the log with nothing, share it with nobody and analyse it for nothing else.',
      settings: [
        'categories.security-log.retention',
        'categories.security-log.purposes',
        'visitorAddress.keep',
      ],
    },
    {
      id: 'chatinbox-04-account-data',
      text: 'At sign-up we take your full name, e-mail address, network address and company, and card details once there is something to pay. Of staff you invite we take the same.',
      settings: ['categories.staff-account.purposes'],
    },
    {
      id: 'chatinbox-05-staff-reports',
      text: 'When staff sign in and what they handle is recorded, so that colleagues of the same account can see reports.',
      settings: ['categories.staff-account.purposes'],
    },
    {
      id: 'chatinbox-06-channels',
      text: 'What your customers write also reaches us by mail that you forward and by integrations that your staff set up.',
      settings: ['recipients', 'categories.conversation.retention.byChannel'],
    },
    {
      id: 'chatinbox-07-sharing-only-as-named',
      text: 'Data leaves us only with your permission, for an integration that your staff set up, or to the processors on our list.',
      settings: ['recipients'],
    },
    {
      id: 'chatinbox-08-legal-disclosure',
      text: 'We may disclose data where the law requires it, to prevent fraud, or to keep somebody safe. We record on which of these grounds.',
      settings: ['disclosure.grounds', 'disclosure.secondApproval'],
    },
    {
      id: 'chatinbox-09-tenant-isolation',
      text: 'The customers of one business are never shown to another, nor matched with theirs.',
      settings: [],
      byDesign: 'The database refuses rows of another business, and no identifier of a person spans two.',
    },
    {
      id: 'chatinbox-10-processor-only',
      text: 'We use your customers’ data for marketing only if you ask us to do so yourself.',
      settings: ['marketing.campaigns'],
    },
    {
      id: 'chatinbox-11-strong-passwords',
      text: 'We insist on strong passwords and encrypt what is sensitive.',
      settings: [],
      byDesign: 'Weak and leaked passwords are refused, and secrets are sealed, under every notice.',
    },
    {
      id: 'chatinbox-12-self-service',
      text: 'You can change or remove your name, e-mail address, company, billing details and photo in your settings whenever you like.',
      settings: ['rights.correction', 'rights.erasure'],
    },
    {
      id: 'chatinbox-13-controller-decides',
      text: 'If you ask us to change, add or delete data of your customers, we do.',
      settings: ['rights.correction', 'rights.erasure'],
    },
    {
      id: 'chatinbox-14-direct-request-with-notice',
      text: 'If one of your customers turns to us and shows who they are, we serve them and tell every business concerned.',
      settings: ['identityProof', 'rights'],
    },
    {
      id: 'chatinbox-15-dpa',
      text: 'With your account you enter into a data processing agreement with us, with standard contractual clauses for transfers. For California there is a policy of its own.',
      settings: ['agreements', 'rights.ccpa-know', 'rights.ccpa-opt-out'],
    },
    {
      id: 'chatinbox-16-change-communicated',
      text: 'Of changes to this notice we tell you on our web site or in your account.',
      settings: ['announcements'],
    },
  ],
})
