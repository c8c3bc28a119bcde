import type { CategoryId, Channel, ConsentPurpose, LegalBasis } from '@candor/contracts/policy/categories'
import type { Recipient } from '@candor/contracts/policy/policy'
import { categories } from '@candor/policy/categories'

/** What settings and their values are called by whoever edits or reads them. */
export const categoryIdList = Object.keys(categories) as CategoryId[]

export function categoryTitle(id: string): string {
  return id in categories ? categories[id as CategoryId].title : id
}

export const categoryChoices = categoryIdList.map((id) => ({ id, label: categories[id].title }))

export const basisNames: Record<LegalBasis, string> = {
  consent: 'Consent',
  contract: 'Contract',
  'legal-obligation': 'Legal obligation',
  'vital-interests': 'Vital interests',
  'public-task': 'Public task',
  'legitimate-interests': 'Legitimate interests',
}

export const consentNames: Record<ConsentPurpose, string> = {
  'remember-me': 'Remembering visitors who come back',
  statistics: 'Statistics',
  advertising: 'Advertising',
  'marketing-mail': 'News and offers by mail',
}

export const channelNames: Record<Channel, string> = {
  chat: 'chat',
  mail: 'mail',
  call: 'telephone',
  social: 'social media',
}

export const roleNames: Record<Recipient['role'], string> = {
  processor: 'bound by instructions',
  controller: 'decides for itself',
  authority: 'by law',
}

export const safeguardNames: Record<NonNullable<Recipient['safeguard']>, string> = {
  'adequacy-decision': 'Adequacy decision',
  'standard-clauses': 'Standard contractual clauses',
  'binding-rules': 'Binding corporate rules',
}

export const proofNames = {
  'mailed-link': 'A mailed link',
  'signed-in': 'Being signed in',
  'document-check': 'A document that staff check',
} as const

export const agreementNames = {
  dpa: 'Data processing agreement',
  'standard-clauses': 'Standard contractual clauses',
  ccpa: 'CCPA terms',
} as const

export const announcementNames = {
  mail: 'By mail',
  banner: 'In a banner',
  'in-account': 'In the account',
} as const

export const signalNames = { obeyed: 'Obeyed', ignored: 'Ignored' } as const

export const patternNames = {
  'card-number': 'Card numbers',
  iban: 'Account numbers (IBAN)',
  'national-id': 'National identity numbers',
} as const

export const providerNames = {
  sandbox: 'The sandbox of a local installation',
  stripe: 'Stripe',
  paypal: 'PayPal',
  'bank-page': 'The page of a bank',
} as const

export const cookieKindNames = {
  essential: 'Essential',
  'remember-me': 'To remember the visitor',
  statistics: 'For statistics',
  advertising: 'For advertising',
} as const

export const storageNames = {
  cookie: 'Cookie',
  'local-storage': 'Local storage',
  'session-storage': 'Storage of one tab',
  pixel: 'Pixel or beacon of a third party',
} as const

export const newsNames = {
  'opt-out': 'Until they opt out',
  'opt-in': 'Only with consent',
  never: 'Never',
  instructed: 'At your recorded instruction',
} as const

export function choicesOf<Id extends string>(names: Record<Id, string>): { id: Id; label: string }[] {
  return (Object.keys(names) as Id[]).map((id) => ({ id, label: names[id] }))
}
