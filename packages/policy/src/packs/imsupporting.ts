import { pack } from '../pack.ts'
import { categoryRules, conversationsKept } from '../parts/category-rules.ts'
import { rememberMeText } from '../parts/consent-texts.ts'
import { essentialCookies, rememberMeCookie } from '../parts/cookies.ts'
import { cardsGuard } from '../parts/guard.ts'
import { candorPlatform, hosting, mailDelivery, paypal, stripe, taxAuthority } from '../parts/recipients.ts'
import { anonymiseAfter, britishInvoices, deleteAfter } from '../parts/retention.ts'
import { europeanRights } from '../parts/rights.ts'

const bankPage = { ...stripe, id: 'bank-page', name: 'Our bank', country: 'GB', hosts: [] }
const chatOneYearMailTwo = deleteAfter({ months: 12 }, { byChannel: { mail: { years: 2 } } })

export const imsupporting = pack({
  id: 'imsupporting',
  title: 'British support chat without cookies for statistics',
  policy: {
    region: 'uk',
    categories: categoryRules({
      ...conversationsKept(chatOneYearMailTwo),
      'usage-facts': { retention: anonymiseAfter({ months: 12 }) },
      'purchase-records': {
        recipients: ['candor', 'hosting', 'bank-page', 'paypal', 'tax-authority'],
        retention: britishInvoices,
      },
      'cookie-yield': { purposes: ['remember-visitor'], retention: deleteAfter({ months: 12 }) },
      'marketing-preference': {
        basis: 'legitimate-interests',
        because: 'we have to remember who wants no mail from us',
      },
      'evidence-log': { retention: deleteAfter({ months: 12 }) },
    }),
    consent: { asked: ['remember-me'], prompt: 'banner', text: rememberMeText, textVersion: 1 },
    signals: { doNotTrack: 'obeyed', globalPrivacyControl: 'obeyed' },
    cookies: [...essentialCookies, rememberMeCookie],
    identityProof: ['mailed-link', 'signed-in', 'document-check'],
    minors: null,
    rights: europeanRights,
    recipients: [
      { ...candorPlatform, country: 'GB' },
      { ...hosting, country: 'GB' },
      { ...mailDelivery, country: 'GB' },
      bankPage,
      { ...paypal, country: 'GB' },
      { ...taxAuthority, country: 'GB' },
    ],
    paymentProviders: ['bank-page', 'paypal'],
    marketing: { serviceNews: 'never', other: 'never', campaigns: 'never' },
    visitorAddress: { derive: 'country', keep: null },
    guard: cardsGuard,
    awareness: null,
    disclosure: { grounds: ['A law that binds us'], secondApproval: true },
    agreements: ['dpa'],
    announcements: ['banner'],
    contact: { email: null, officer: null },
  },
  fillIn: ['contact.email'],
  clauses: [
    {
      id: 'imsupporting-01-website-statistics',
      text: 'We count visits in a way that tells us nothing about who came. Before a form asks for personal data it says what for.',
      settings: ['cookies', 'consent.asked'],
    },
    {
      id: 'imsupporting-02-ip-basics',
      text: 'From your network address we read the country you write from. We do not keep the address with the chat.',
      settings: ['visitorAddress'],
    },
    {
      id: 'imsupporting-03-anonymous-chat',
      text: 'At the start of a chat we ask for your name and e-mail address. You may leave both empty, or give names made up for the day.',
      settings: [],
      byDesign: 'The chat starts without either field and checks neither.',
    },
    {
      id: 'imsupporting-04-host-site-notice',
      text: 'When you meet our chat on the site of somebody else, it is their notice that counts.',
      settings: [],
      byDesign: 'The widget links the notice of the business whose key it carries.',
    },
    {
      id: 'imsupporting-05-transcript-mail',
      text: 'With the name and address that you gave we send you a copy of the chat when it is over.',
      settings: ['categories.contact-details.purposes', 'categories.mail-queue.retention'],
    },
    {
      id: 'imsupporting-06-no-mail-no-copy',
      text: 'If you gave no address you get no copy, not later either: nothing tells us that the chat was yours. You can save it while it is open.',
      settings: ['identityProof'],
    },
    {
      id: 'imsupporting-07-phone-and-social',
      text: 'When you call us or write to us on a social network, we keep what we need to answer you.',
      settings: ['categories.conversation.retention.byChannel'],
    },
    {
      id: 'imsupporting-08-mail-two-years',
      text: 'We keep e-mail for {categories.conversation.retention.byChannel.mail}, to be able to show what was said.',
      settings: ['categories.conversation.retention.byChannel.mail'],
    },
    {
      id: 'imsupporting-09-subject-access',
      text: 'If you ask what we hold about you, we describe it, say why we hold it and who may receive it, and give you a copy you can read.',
      settings: ['rights.access', 'categories'],
    },
    {
      id: 'imsupporting-10-identity-proof',
      text: 'We tell nobody anything before they have shown who they are.',
      settings: ['identityProof'],
    },
    {
      id: 'imsupporting-11-correction',
      text: 'If something about you is wrong, ask us and we put it right, also with those who got it from us.',
      settings: ['rights.correction'],
    },
    {
      id: 'imsupporting-12-law-enforcement',
      text: 'We hand data to the police or a court only where the law makes us, and never on the word of one person alone.',
      settings: ['disclosure.grounds', 'disclosure.secondApproval'],
    },
    {
      id: 'imsupporting-13-never-sold',
      text: 'We sell no personal data, use none for targeted advertising, and put nobody on a mailing list unasked.',
      settings: ['marketing', 'consent.asked'],
    },
    {
      id: 'imsupporting-14-chat-12-months',
      text: 'The chat itself and the name, telephone number and e-mail address you gave in it we keep for {categories.conversation.retention.period} at most.',
      settings: ['categories.conversation.retention', 'categories.contact-details.retention'],
    },
    {
      id: 'imsupporting-15-early-deletion',
      text: 'You can have your chat deleted earlier, and so can the business you wrote to. It then goes as a whole.',
      settings: ['rights.erasure'],
    },
    {
      id: 'imsupporting-16-evidence-log',
      text: 'That you used the chat stays in a log of its own, with your name and e-mail address, for exactly {categories.evidence-log.retention.period}.',
      settings: ['categories.evidence-log.retention', 'categories.evidence-log.purposes'],
    },
    {
      id: 'imsupporting-17-anonymous-statistics',
      text: 'How many chats there were, when, how long and how well they went we keep for our statistics, without anything about you.',
      settings: ['categories.usage-facts.retention.disposition'],
    },
    {
      id: 'imsupporting-18-purchase-records',
      text: 'If you bought something, tax law has us keep your name, address and the purchase for {categories.purchase-records.retention.period} after the financial year. We cannot delete these earlier, even if you ask.',
      settings: ['categories.purchase-records.retention', 'categories.purchase-records.basis'],
    },
    {
      id: 'imsupporting-19-no-card-data',
      text: 'We store nothing about your card.',
      settings: ['paymentProviders', 'guard.patterns'],
    },
    {
      id: 'imsupporting-20-bank-or-paypal',
      text: 'You pay on the page of our bank in the United Kingdom or with PayPal.',
      settings: ['paymentProviders', 'recipients'],
    },
    {
      id: 'imsupporting-21-web-only-free-trial',
      text: 'You can try the chat for free, and there is nothing to install.',
      settings: [],
      byDesign: 'Sign-up starts a trial without a card, and everything runs in the browser.',
    },
  ],
})
