import type { Policy } from '@candor/contracts/policy/policy'
import type { Purpose } from '@candor/contracts/purposes'

/**
 * Whether a notice lets personal data be touched for a purpose: it names it for some category (GDPR article 5(1)(b)).
 * Running the account, keeping it secure, serving rights and obeying the law need no naming: no notice can end them.
 */
export function allowsPurpose({ categories }: Policy, purpose: Purpose): boolean {
  return (
    unconditional.has(purpose) || Object.values(categories).some(({ purposes }) => purposes.includes(purpose))
  )
}

const unconditional = new Set<Purpose>(['none', 'run-account', 'keep-secure', 'serve-rights', 'obey-law'])
