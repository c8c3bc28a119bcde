import type { PlanId } from '@candor/contracts/billing/schemas'
import { endOf } from '@candor/policy/period'
import type { Term } from '../store/terms.ts'
import { planRank, trialDays } from './plans.ts'

/** The term that counts at a moment: of those that run the largest plan, else the one that ended last. */
export function termAt(terms: readonly Term[], at: Date): Term {
  const counting = terms.filter((term) => !term.voidedAt)
  const begun = counting.filter((term) => term.startsAt <= at)
  const running = begun.filter((term) => at < term.endsAt)
  const found =
    running.toSorted((a, b) => planRank(b.planId) - planRank(a.planId))[0] ??
    begun.toSorted((a, b) => b.endsAt.getTime() - a.endsAt.getTime())[0] ??
    counting.toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime())[0]
  if (!found) throw new Error('a business without a term')
  return found
}

export function isRunning(term: Term, at: Date): boolean {
  return term.startsAt <= at && at < term.endsAt
}

/**
 * When a month bought now begins: at once, or after what is already paid for of the same or a larger plan, so that
 * nobody pays for the same days twice.
 */
export function nextStart(terms: readonly Term[], planId: PlanId, now: Date): Date {
  return terms
    .filter((term) => !term.voidedAt && term.planId !== 'trial' && planRank(term.planId) >= planRank(planId))
    .reduce((latest, { endsAt }) => (endsAt > latest ? endsAt : latest), now)
}

/** Months that have not begun, each moved to where nothing paid for comes before it: a refund may have left a gap. */
export function closeGaps(terms: readonly Term[], now: Date): Term[] {
  const settled = terms.filter((term) => !term.voidedAt && term.startsAt <= now)
  const ahead = terms.filter((term) => !term.voidedAt && term.startsAt > now)
  return ahead.map((term) => {
    const startsAt = nextStart(settled, term.planId, now)
    const moved =
      startsAt < term.startsAt ? { ...term, startsAt, endsAt: endOf(startsAt, { months: 1 }) } : term
    settled.push(moved)
    return moved
  })
}

export function trialEnd(startsAt: Date): Date {
  return new Date(startsAt.getTime() + trialDays * 86_400_000)
}
