import type { CategoryId } from '@candor/contracts/policy/categories'
import type { CategoryRule } from '@candor/contracts/policy/policy'
import { deleteAfter, europeanInvoices, whileItLasts } from './retention.ts'

/** A rule for every category: the usual one, with what a pack has otherwise. */
export function categoryRules(own: Partial<Record<CategoryId, Partial<CategoryRule>>>) {
  const rules = Object.entries(usual).map(([id, rule]) => [id, { ...rule, ...own[id as CategoryId] }])
  return Object.fromEntries(rules) as Record<CategoryId, CategoryRule>
}

/** The same retention for all that belongs to a conversation. */
export function conversationsKept(retention: CategoryRule['retention']) {
  return {
    'contact-details': { retention },
    conversation: { retention },
    'usage-facts': { retention },
  }
}

const storers = ['candor', 'hosting']
const answering = {
  basis: 'legitimate-interests',
  because: 'we answer those who write to us',
  purposes: ['answer-inquiry', 'keep-record'],
  recipients: storers,
  retention: deleteAfter({ months: 12 }),
} satisfies CategoryRule

const usual: Record<CategoryId, CategoryRule> = {
  'contact-details': answering,
  conversation: answering,
  'usage-facts': { ...answering, purposes: ['answer-inquiry', 'measure-use'] },
  'visitor-session': {
    ...answering,
    because: 'a chat has to go on where it was left',
    purposes: ['answer-inquiry', 'keep-secure'],
    retention: deleteAfter({ days: 30 }),
  },
  'mail-queue': {
    ...answering,
    because: 'we deliver what was asked for',
    purposes: ['keep-record', 'run-account', 'serve-rights'],
    recipients: [...storers, 'mail-delivery'],
    retention: deleteAfter({ days: 3 }),
  },
  'staff-account': {
    basis: 'contract',
    because: 'the account is what was agreed on',
    purposes: ['run-account', 'keep-secure'],
    recipients: storers,
    retention: whileItLasts,
  },
  'staff-name': {
    ...answering,
    because: 'visitors are told who answered them',
    retention: whileItLasts,
  },
  'purchase-records': {
    basis: 'legal-obligation',
    because: 'tax and commercial law has invoices kept',
    purposes: ['bill-service', 'obey-law'],
    recipients: [...storers, 'tax-authority'],
    retention: europeanInvoices,
  },
  'rights-requests': {
    basis: 'legal-obligation',
    because: 'we have to show that rights were served (GDPR article 5(2))',
    purposes: ['serve-rights', 'obey-law'],
    recipients: storers,
    retention: deleteAfter({ years: 3 }, { yearEnd: '12-31' }),
  },
  'consent-records': {
    basis: 'legal-obligation',
    because: 'we have to show what was agreed to (GDPR article 7(1))',
    purposes: ['serve-rights', 'obey-law'],
    recipients: storers,
    retention: deleteAfter({ years: 3 }),
  },
  'cookie-yield': {
    basis: 'consent',
    because: 'you agreed to it in the banner, and can withdraw at any time',
    purposes: ['remember-visitor', 'measure-use'],
    recipients: storers,
    retention: deleteAfter({ months: 13 }),
  },
  'marketing-preference': {
    basis: 'consent',
    because: 'you asked for the news, and can stop it at any time',
    purposes: ['send-news'],
    recipients: [...storers, 'mail-delivery'],
    retention: deleteAfter({ months: 24 }),
  },
  'security-log': {
    basis: 'legitimate-interests',
    because: 'accounts and the service have to be protected',
    purposes: ['keep-secure'],
    recipients: storers,
    retention: deleteAfter({ days: 60 }),
  },
  'evidence-log': {
    basis: 'legitimate-interests',
    because: 'we may have to show that the chat was used',
    purposes: ['keep-evidence'],
    recipients: storers,
    retention: deleteAfter({ months: 12 }),
  },
  'compliance-records': {
    basis: 'legal-obligation',
    because: 'the law has us document disclosures, incidents and agreements',
    purposes: ['obey-law'],
    recipients: storers,
    retention: deleteAfter({ years: 3 }),
  },
}
