import type { Period } from '@candor/contracts/policy/period'
import type { Policy } from '@candor/contracts/policy/policy'

/** GDPR article 12(3): a month from proof, and two more where it is complex and the person is told. */
const monthAndTwo = { within: { months: 1 }, extension: { months: 2 } }
/** 11 CCR section 7021(b): 45 days, and 45 more. */
const californian = { within: { days: 45 }, extension: { days: 45 } }
const withinDays = (days: number) => ({ within: { days }, extension: null })

/** The rights that the GDPR gives everyone, and the two that need no grounds. */
export const europeanRights = {
  access: monthAndTwo,
  erasure: monthAndTwo,
  correction: monthAndTwo,
  restriction: monthAndTwo,
  objection: monthAndTwo,
  portability: monthAndTwo,
  deactivation: withinDays(3),
  'marketing-opt-out': withinDays(1),
} satisfies Policy['rights']

export const californianRights = {
  'ccpa-know': californian,
  'ccpa-delete': californian,
  'ccpa-correct': californian,
  // 11 CCR section 7026(f): as soon as feasibly possible, at most 15 business days.
  'ccpa-opt-out': withinDays(15),
} satisfies Policy['rights']

/** Someone tells that an account or a chat is a minor's. */
export function minorReport(within: Period): Policy['rights'] {
  return { 'minor-report': { within, extension: null } }
}
