/** The kinds of request a person may make: the rights of GDPR and CCPA, and what notices add to them. */
export const requestKinds = [
  'access',
  'erasure',
  'correction',
  'restriction',
  'objection',
  'portability',
  'deactivation',
  'marketing-opt-out',
  'minor-report',
  'ccpa-know',
  'ccpa-delete',
  'ccpa-correct',
  'ccpa-opt-out',
] as const
