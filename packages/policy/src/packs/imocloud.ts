import { pack } from '../pack.ts'
import { categoryRules, conversationsKept } from '../parts/category-rules.ts'
import { rememberAndCountText } from '../parts/consent-texts.ts'
import { essentialCookies, rememberMeCookie, statisticsCookie } from '../parts/cookies.ts'
import { sensitiveGuard } from '../parts/guard.ts'
import { candorPlatform, hosting, mailDelivery, stripe, taxAuthority } from '../parts/recipients.ts'
import { deleteAfter } from '../parts/retention.ts'
import { europeanRights, minorReport } from '../parts/rights.ts'

export const imocloud = pack({
  id: 'imocloud',
  title: 'Service for adults, with social sign-in',
  policy: {
    region: 'eea',
    categories: categoryRules({
      ...conversationsKept(deleteAfter({ months: 12 })),
      'purchase-records': { recipients: ['candor', 'hosting', 'stripe', 'tax-authority'] },
      'marketing-preference': { retention: deleteAfter({ months: 12 }) },
    }),
    consent: {
      asked: ['remember-me', 'statistics', 'marketing-mail'],
      prompt: 'banner',
      text: rememberAndCountText,
      textVersion: 1,
    },
    signals: { doNotTrack: 'ignored', globalPrivacyControl: 'ignored' },
    cookies: [...essentialCookies, rememberMeCookie, statisticsCookie],
    identityProof: ['mailed-link', 'signed-in'],
    minors: { minimumAge: 18, eraseWithin: { days: 3 } },
    rights: { ...europeanRights, ...minorReport({ days: 3 }) },
    recipients: [candorPlatform, hosting, mailDelivery, stripe, taxAuthority],
    paymentProviders: ['stripe'],
    marketing: { serviceNews: 'opt-in', other: 'opt-in', campaigns: 'never' },
    visitorAddress: { derive: 'country', keep: null },
    guard: sensitiveGuard,
    awareness: null,
    disclosure: { grounds: ['A law that binds us', 'A court order'], secondApproval: true },
    agreements: ['dpa'],
    announcements: ['banner', 'mail'],
    contact: { email: null, officer: null },
  },
  fillIn: ['contact.email'],
  clauses: [
    {
      id: 'imocloud-01-voluntary-data',
      text: 'Your user name, password, name, e-mail, postal and billing addresses and your card number are asked for, never gathered: we have them only if you gave them.',
      settings: [],
      byDesign: 'Forms are the only source; passwords are stored as hashes and card numbers are not stored.',
    },
    {
      id: 'imocloud-02-no-sensitive-data',
      text: 'We do not want data about health, beliefs or the like, nor identity or card numbers. What we recognise as such is masked before the message is stored, and you are told.',
      settings: ['guard.patterns', 'guard.keywords'],
    },
    {
      id: 'imocloud-03-stripe',
      text: 'Payments run through Stripe, which keeps the payment data. We keep only its reference numbers.',
      settings: ['paymentProviders', 'recipients'],
    },
    {
      id: 'imocloud-04-social-login',
      text: 'You may sign in with an account you have elsewhere. We then take your name, e-mail address and picture from it, for your account here and for nothing else.',
      settings: ['categories.staff-account.purposes'],
    },
    {
      id: 'imocloud-05-accuracy',
      text: 'Please keep your details right. You can change each of them in your settings at any time.',
      settings: ['rights.correction'],
    },
    {
      id: 'imocloud-06-consent-withdrawal',
      text: 'What you agreed to you can take back at any time, each purpose by itself. It stops at once.',
      settings: ['consent.asked'],
    },
    {
      id: 'imocloud-07-legal-bases',
      text: 'For everything we process we have one of the grounds of the GDPR: your consent, a contract, a legal obligation, a vital interest or a legitimate interest. The table names it for each kind of data.',
      settings: ['categories'],
    },
    {
      id: 'imocloud-08-business-transfer',
      text: 'If our business is merged or sold, your data may go to the new owner. You will be told.',
      settings: ['announcements'],
    },
    {
      id: 'imocloud-09-trackers',
      text: 'We list every cookie, beacon and pixel that we use, with what it is for and how long it lasts. You can refuse all that are not essential.',
      settings: ['cookies', 'consent.prompt'],
    },
    {
      id: 'imocloud-10-lifetime-retention',
      text: 'We keep your data no longer than your account lives, unless tax, accounting or other law requires it.',
      settings: ['categories.staff-account.retention', 'categories.purchase-records.retention'],
    },
    {
      id: 'imocloud-11-anonymise-or-isolate',
      text: 'What we no longer need we delete or make anonymous. What still lies in a backup is used for nothing until the backup is gone.',
      settings: ['categories.conversation.retention', 'categories.usage-facts.retention'],
    },
    {
      id: 'imocloud-12-no-minors',
      text: 'You must be at least {minors.minimumAge}. If we learn that an account belongs to somebody younger, we close it at once and delete its data within {minors.eraseWithin}.',
      settings: ['minors', 'rights.minor-report'],
    },
    {
      id: 'imocloud-13-dnt-ignored',
      text: 'Browsers can send a Do Not Track signal. There is no agreed standard for it, so we do not act on it.',
      settings: ['signals.doNotTrack'],
    },
    {
      id: 'imocloud-14-revised-date',
      text: 'The date of the last revision stands at the top. A new version counts from when you can read it here; of an important change we tell you in a banner or by mail.',
      settings: ['announcements'],
    },
    {
      id: 'imocloud-15-contact',
      text: 'If you have a question about this notice, write to our support address or use the form. You get a reference number.',
      settings: ['contact.email'],
    },
  ],
})
