import { pack } from '../pack.ts'
import { categoryRules, conversationsKept } from '../parts/category-rules.ts'
import { allPurposesText } from '../parts/consent-texts.ts'
import { advertisingCookie, essentialCookies, rememberMeCookie, statisticsCookie } from '../parts/cookies.ts'
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
import { europeanRights } from '../parts/rights.ts'

const copies = processor({
  id: 'backup-storage',
  name: 'The backup vendor',
  purpose: 'stores sealed backup copies',
  country: 'CH',
  safeguard: 'adequacy-decision',
  agreement: 'Backup data processing agreement',
})

export const imbachat = pack({
  id: 'imbachat',
  title: 'Plugin vendor with a cookie banner',
  policy: {
    region: 'eea',
    categories: categoryRules({
      ...conversationsKept(deleteAfter({ months: 24 })),
      'staff-account': { recipients: ['candor', 'hosting', 'backup-storage'] },
      'purchase-records': { recipients: ['candor', 'hosting', 'stripe', 'sandbox', 'tax-authority'] },
      'cookie-yield': {
        purposes: ['remember-visitor', 'measure-use', 'advertise'],
        retention: deleteAfter({ months: 13 }),
      },
      'marketing-preference': {
        basis: 'legitimate-interests',
        because: 'our customers want to know what changes in the service, until they tell us otherwise',
        retention: deleteAfter({ months: 24 }),
      },
    }),
    consent: {
      asked: ['remember-me', 'statistics', 'advertising', 'marketing-mail'],
      prompt: 'banner',
      text: allPurposesText,
      textVersion: 1,
    },
    signals: { doNotTrack: 'obeyed', globalPrivacyControl: 'obeyed' },
    cookies: [...essentialCookies, rememberMeCookie, statisticsCookie, advertisingCookie],
    identityProof: ['mailed-link', 'signed-in'],
    minors: null,
    rights: europeanRights,
    recipients: [candorPlatform, hosting, copies, mailDelivery, stripe, sandbox, taxAuthority],
    paymentProviders: ['stripe', 'sandbox'],
    marketing: { serviceNews: 'opt-out', other: 'opt-in', campaigns: 'instructed' },
    visitorAddress: { derive: 'country', keep: null },
    guard: cardsGuard,
    awareness: { every: { months: 12 }, blocksAccess: true },
    disclosure: { grounds: ['A law that binds us'], secondApproval: true },
    agreements: ['dpa'],
    announcements: ['mail', 'in-account'],
    contact: { email: null, officer: null },
  },
  fillIn: ['contact.email', 'contact.officer'],
  clauses: [
    {
      id: 'imbachat-01-plugin',
      text: 'Our chat is a small plugin for web sites and apps. We run it for our customers, or they run it on servers of their own.',
      settings: [],
      byDesign:
        'One script tag opens the widget, and one tree deploys as a shared or as an own installation.',
    },
    {
      id: 'imbachat-02-two-roles',
      text: 'This notice is about our own customers. What their visitors tell them we only handle on their behalf, under their notice.',
      settings: [],
      byDesign: 'Each category of data is the platform’s or the business’s by what it is, not by choice.',
    },
    {
      id: 'imbachat-03-account-data',
      text: 'To open an account we ask for your e-mail address, your name and your country, because we need them for the contract with you.',
      settings: ['categories.staff-account.basis', 'categories.staff-account.purposes'],
    },
    {
      id: 'imbachat-04-marketing',
      text: 'As a new customer you get news about the service until you opt out, which takes one click. Anything else we send only once you have agreed to it.',
      settings: ['marketing.serviceNews', 'marketing.other', 'rights.marketing-opt-out'],
    },
    {
      id: 'imbachat-05-storage-vendors',
      text: 'Other companies store data for us. You find each of them on our list of recipients, and we announce a change to the list before it happens.',
      settings: ['recipients', 'announcements'],
    },
    {
      id: 'imbachat-06-card-at-provider',
      text: 'You type your card details into the page of a payment platform. They never reach us.',
      settings: ['paymentProviders', 'guard.patterns'],
    },
    {
      id: 'imbachat-07-essential-cookies',
      text: 'Essential cookies make the chat work. If you let us, another one remembers you, so that you need not type your name again.',
      settings: ['cookies', 'consent.asked'],
    },
    {
      id: 'imbachat-08-cookie-banner',
      text: 'Cookies for statistics and advertising are set only after you agreed in the banner that we show at your visit. To refuse is as easy as to agree.',
      settings: ['consent.prompt', 'consent.asked', 'cookies'],
    },
    {
      id: 'imbachat-09-account-retention',
      text: 'We keep your account data while you have an account or a subscription. Longer we keep only what law or a limitation period has us keep, and we tell you what that is and until when.',
      settings: ['categories.staff-account.retention', 'categories.purchase-records.retention'],
    },
    {
      id: 'imbachat-10-marketing-preference',
      text: 'We remember which news you want for {categories.marketing-preference.retention.period} after you last showed interest.',
      settings: ['categories.marketing-preference.retention'],
    },
    {
      id: 'imbachat-11-cookie-13-months',
      text: 'What a cookie told us we delete no later than {categories.cookie-yield.retention.period} after it was created.',
      settings: ['categories.cookie-yield.retention'],
    },
    {
      id: 'imbachat-12-rights-and-authority',
      text: 'You have the rights listed here, each with a way to use it. You can also complain to the data protection authority of your country, which we name.',
      settings: ['rights'],
    },
    {
      id: 'imbachat-13-security',
      text: 'Personal data lies on servers that are locked down and that few can reach. What is secret is sealed besides.',
      settings: [],
      byDesign: 'Pods, networks, database roles and sealing keys are the same for every notice.',
    },
    {
      id: 'imbachat-14-information-on-request',
      text: 'On this page you can learn what we hold about you: why, in which categories, who receives it, for how long and where it came from.',
      settings: ['categories', 'rights.access'],
    },
    {
      id: 'imbachat-15-notice-change',
      text: 'When this notice changes we publish the new version with its date. When the change matters to you, we write to you as well.',
      settings: ['announcements'],
    },
    {
      id: 'imbachat-16-dpo',
      text: 'We have a data protection officer and a privacy team. A message from this page reaches them.',
      settings: ['contact.officer', 'contact.email'],
    },
    {
      id: 'imbachat-17-awareness',
      text: 'Our staff are briefed on data protection again every {awareness.every}. Those who have not confirmed the briefing do not get to see personal data.',
      settings: ['awareness'],
    },
    {
      id: 'imbachat-18-transfers',
      text: 'Where a recipient sits outside the European Economic Area, we name the country and what protects your data there.',
      settings: ['region', 'recipients'],
    },
  ],
})
