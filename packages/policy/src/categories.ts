import type { CategoryId } from '@candor/contracts/policy/categories'

/**
 * What each category of personal data is, whatever a business's notice says about it. Basis, purposes, recipients and
 * retention are the notice's: `Policy.categories`.
 */
export const categories = {
  'contact-details': {
    title: 'Contact details of visitors',
    role: 'processor',
    source: 'You gave them in the chat',
    seenBy: ['Staff of the business'],
    counts: 'after the conversation ends',
  },
  conversation: {
    title: 'What was written in conversations',
    role: 'processor',
    source: 'You and the staff of the business wrote it',
    seenBy: ['Staff of the business'],
    counts: 'after the conversation ends',
  },
  'usage-facts': {
    title: 'Facts about conversations',
    role: 'processor',
    source: 'Recorded while you chatted',
    seenBy: ['Staff of the business'],
    counts: 'after the conversation ends',
    canBeAnonymised: true,
  },
  'visitor-session': {
    title: 'Chat sessions of visitors',
    role: 'processor',
    source: 'Made by the service when you opened the chat',
    seenBy: [],
    counts: 'after the last use',
  },
  'mail-queue': {
    title: 'Mail on its way',
    role: 'processor',
    source: 'Written by the service from what you gave',
    seenBy: [],
    counts: 'after it was written, unless it was delivered before',
  },
  'staff-account': {
    title: 'Accounts of staff',
    role: 'controller',
    source: 'Given at sign-up or on invitation',
    seenBy: ['Colleagues at the same business'],
    counts: 'after the account is closed',
    lasts: 'While the account lives',
  },
  'staff-name': {
    title: 'Names of staff in conversations',
    role: 'processor',
    source: 'Given at sign-up or on invitation',
    seenBy: ['Visitors who chat with the business', 'Colleagues at the same business'],
    counts: 'after the conversation ends',
    lasts: 'As long as the conversation',
    canBeAnonymised: true,
  },
  'purchase-records': {
    title: 'Invoices and purchases',
    role: 'controller',
    source: 'Given at checkout',
    seenBy: [],
    counts: 'after the invoice was issued',
  },
  'rights-requests': {
    title: 'Requests under data protection law',
    role: 'controller',
    source: 'You made them',
    seenBy: ['The business concerned'],
    counts: 'after the request was completed',
  },
  'consent-records': {
    title: 'What was consented to, and when',
    role: 'processor',
    source: 'You chose it',
    seenBy: ['Staff of the business'],
    counts: 'after the choice was last made or changed',
  },
  'cookie-yield': {
    title: 'What cookies and similar storage yielded',
    role: 'processor',
    source: 'Read from your browser, once you agreed',
    seenBy: ['Staff of the business'],
    counts: 'after it was created',
  },
  'marketing-preference': {
    title: 'Which news is wanted',
    role: 'controller',
    source: 'You chose it, or it began with your account',
    seenBy: [],
    counts: 'after the last sign of interest',
  },
  'security-log': {
    title: 'Security log: network address and device',
    role: 'controller',
    source: 'Recorded when you used the service',
    seenBy: [],
    counts: 'after it was recorded',
  },
  'evidence-log': {
    title: 'Evidence that the chat was used: name and e-mail address',
    role: 'processor',
    source: 'Taken from the conversation when it began',
    seenBy: ['Those at the business who may read evidence'],
    counts: 'after it was recorded',
  },
  'compliance-records': {
    title: 'Records of disclosures, incidents, agreements and privacy cases',
    role: 'controller',
    source: 'Recorded by those who handled the case',
    seenBy: ['Those at the business who look after privacy'],
    counts: 'after the case was closed',
  },
} as const satisfies Record<CategoryId, Category>

/** Looked up by an id that is not known beforehand. */
export function getCategory(id: CategoryId): Category {
  return categories[id]
}

export interface Category {
  readonly title: string
  /** Whether Candor decides about it (controller) or acts for the business (processor). */
  readonly role: 'controller' | 'processor'
  readonly source: string
  /** Who sees it because that is what the product does; whom else it goes to is the notice's to say. */
  readonly seenBy: readonly string[]
  /** What its clock counts from: `12 months after the conversation ends`. */
  readonly counts: string
  /** How long it is kept without a period, where it belongs to something that ends by itself. */
  readonly lasts?: string
  /** Whether it says something without the person: text people wrote never does for certain. */
  readonly canBeAnonymised?: boolean
}

/** Why what is held about staff outlives a request made as a visitor. */
export const staffAccountReason =
  'Belongs to the account of a member of staff and ends with it (contract, GDPR article 6(1)(b))'
