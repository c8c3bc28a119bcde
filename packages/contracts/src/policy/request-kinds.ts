/** Rights that the GDPR gives and that nobody's notice can leave out. */
export const gdprRights = [
  'access',
  'erasure',
  'correction',
  'restriction',
  'objection',
  'portability',
] as const

/** Rights that the CCPA gives. */
export const ccpaRights = ['ccpa-know', 'ccpa-delete', 'ccpa-correct', 'ccpa-opt-out'] as const

/** The kinds of request a person may make: the rights of GDPR and CCPA, and what notices add to them. */
export const requestKinds = [
  ...gdprRights,
  'deactivation',
  'marketing-opt-out',
  'minor-report',
  ...ccpaRights,
] as const
