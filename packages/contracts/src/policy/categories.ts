/** Ids of the categories of personal data. `@candor/policy/categories` says what each is. */
export const categoryIds = [
  'contact-details',
  'conversation',
  'usage-facts',
  'visitor-session',
  'mail-queue',
  'staff-account',
  'staff-name',
  'purchase-records',
  'rights-requests',
  'consent-records',
  'cookie-yield',
  'marketing-preference',
  'security-log',
  'evidence-log',
  'compliance-records',
] as const
export type CategoryId = (typeof categoryIds)[number]

/** How a conversation reached the business. */
export const channels = ['chat', 'mail', 'call', 'social'] as const
export type Channel = (typeof channels)[number]

/** GDPR article 6(1), (a) to (f). */
export const legalBases = [
  'consent',
  'contract',
  'legal-obligation',
  'vital-interests',
  'public-task',
  'legitimate-interests',
] as const
export type LegalBasis = (typeof legalBases)[number]

/** What consent is asked for; each is given and withdrawn by itself. */
export const consentPurposes = ['remember-me', 'statistics', 'advertising', 'marketing-mail'] as const
export type ConsentPurpose = (typeof consentPurposes)[number]
