import type { Subscription } from '@candor/contracts/billing/schemas'
import type { Term } from '../store/terms.ts'
import { getPlan } from './plans.ts'
import { isRunning, termAt } from './terms.ts'

/** What the terms amount to at a moment. Nothing has to happen for a plan to end: it has ended once its time is over. */
export function toSubscription(terms: readonly Term[], now: Date): Subscription {
  const term = termAt(terms, now)
  const status = statusOf(term, now)
  return {
    plan: getPlan(term.planId),
    status,
    periodStart: term.startsAt.toISOString(),
    periodEnd: term.endsAt.toISOString(),
    endsAtPeriodEnd: status === 'cancelled',
    next: nextAfter(term, terms),
  }
}

function nextAfter({ endsAt }: Term, terms: readonly Term[]): Subscription['next'] {
  const next = termAt(terms, endsAt)
  return isRunning(next, endsAt) ? { plan: getPlan(next.planId), startsAt: endsAt.toISOString() } : null
}

function statusOf(term: Term, now: Date): Subscription['status'] {
  if (!isRunning(term, now)) return 'ended'
  if (term.cancelledAt) return 'cancelled'
  return term.planId === 'trial' ? 'trialing' : 'active'
}
