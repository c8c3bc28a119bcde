import type { RequestKind } from '@candor/contracts/policy/policy'
import type { Period } from '@candor/contracts/policy/period'
import { requestKinds } from '@candor/contracts/policy/request-kinds'
import type { Rules } from '../src/domain/requests/rules.ts'

/** Every right, within the times the GDPR and the CCPA give. */
export const standardRules: Rules = {
  rights: Object.fromEntries(requestKinds.map((kind) => [kind, limitOf(kind)])),
  identityProof: ['mailed-link', 'signed-in', 'document-check'],
  minors: { minimumAge: 16, eraseWithin: { days: 30 } },
}

/** Articles 12(3) GDPR; sections 1798.130 (45 days, once again as long) and 1798.135 (15 working days) CCPA. */
function limitOf(kind: RequestKind): { within: Period; extension: Period | null } {
  if (kind === 'ccpa-opt-out') return { within: { days: 15 }, extension: null }
  if (kind.startsWith('ccpa-')) return { within: { days: 45 }, extension: { days: 45 } }
  if (kind === 'minor-report') return { within: { days: 30 }, extension: null }
  return { within: { months: 1 }, extension: { months: 2 } }
}
