import type { Purpose } from '@candor/contracts/purposes'

/**
 * The categories of personal data, each with what GDPR articles 13 to 15 have to tell about it. Data maps point here,
 * so the notice, the access answer and the record of processing say the same thing.
 */
export const categories = {
  'contact-details': {
    title: 'Contact details of visitors',
    purposes: ['answer-inquiry', 'keep-record'],
    legalBasis: 'Legitimate interests in answering you (GDPR article 6(1)(f))',
    role: 'processor',
    recipients: ['Staff of the business', 'Candor, which runs the chat for it'],
    retention: { text: '12 months after the conversation ends', months: 12 },
    source: 'You gave them in the chat',
  },
  conversation: {
    title: 'What was written in conversations',
    purposes: ['answer-inquiry', 'keep-record'],
    legalBasis: 'Legitimate interests in answering you (GDPR article 6(1)(f))',
    role: 'processor',
    recipients: ['Staff of the business', 'Candor, which runs the chat for it'],
    retention: { text: '12 months after the conversation ends', months: 12 },
    source: 'You and the staff of the business wrote it',
  },
  'usage-facts': {
    title: 'Facts about conversations',
    purposes: ['answer-inquiry'],
    legalBasis: 'Legitimate interests in answering you (GDPR article 6(1)(f))',
    role: 'processor',
    recipients: ['Staff of the business', 'Candor, which runs the chat for it'],
    retention: { text: '12 months after the conversation ends', months: 12 },
    source: 'Recorded while you chatted',
  },
  'visitor-session': {
    title: 'Chat sessions of visitors',
    purposes: ['answer-inquiry', 'keep-secure'],
    legalBasis: 'Legitimate interests in answering you (GDPR article 6(1)(f))',
    role: 'processor',
    recipients: ['Candor, which runs the chat for the business'],
    retention: { text: '30 days after the last use', days: 30 },
    source: 'Made by the service when you opened the chat',
  },
  'mail-queue': {
    title: 'Mail on its way',
    purposes: ['keep-record', 'run-account', 'serve-rights'],
    legalBasis: 'Legitimate interests in delivering what was asked for (GDPR article 6(1)(f))',
    role: 'processor',
    recipients: ['The mail provider'],
    retention: { text: 'Until it is delivered, at most 3 days', days: 3 },
    source: 'Written by the service from what you gave',
  },
  'staff-account': {
    title: 'Accounts of staff',
    purposes: ['run-account', 'keep-secure'],
    legalBasis: 'Contract (GDPR article 6(1)(b))',
    role: 'controller',
    recipients: ['Colleagues at the same business', 'Candor'],
    retention: { text: 'While the account lives' },
    source: 'Given at sign-up or on invitation',
  },
  'staff-name': {
    title: 'Names of staff in conversations',
    purposes: ['answer-inquiry', 'keep-record'],
    legalBasis: 'Legitimate interests in telling visitors who answered (GDPR article 6(1)(f))',
    role: 'processor',
    recipients: ['Visitors who chat with the business', 'Colleagues at the same business'],
    retention: { text: 'As long as the conversation' },
    source: 'Given at sign-up or on invitation',
  },
  'purchase-records': {
    title: 'Invoices and purchases',
    purposes: ['bill-service'],
    legalBasis: 'Legal obligation (GDPR article 6(1)(c))',
    role: 'controller',
    recipients: ['The payment provider', 'Tax authorities on request'],
    retention: { text: '10 years after the end of the year of issue', months: 120 },
    source: 'Given at checkout',
  },
  'rights-requests': {
    title: 'Requests under data protection law',
    purposes: ['serve-rights'],
    legalBasis: 'Legal obligation (GDPR article 6(1)(c))',
    role: 'controller',
    recipients: ['The business concerned'],
    retention: { text: '3 years after completion', months: 36 },
    source: 'You made them',
  },
} as const satisfies Record<string, Category>

export type CategoryId = keyof typeof categories

export interface Category {
  readonly title: string
  readonly purposes: readonly Purpose[]
  readonly legalBasis: string
  /** Whether Candor decides about it (controller) or acts for the business (processor). */
  readonly role: 'controller' | 'processor'
  readonly recipients: readonly string[]
  readonly retention: { readonly text: string; readonly months?: number; readonly days?: number }
  readonly source: string
}

/** Why what is held about staff outlives a request made as a visitor. */
export const staffAccountReason =
  'Belongs to the account of a member of staff and ends with it (contract, GDPR article 6(1)(b))'
