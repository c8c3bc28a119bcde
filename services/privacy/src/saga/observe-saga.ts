import type { Metrics } from '@candor/runtime/metrics'
import type { Deps } from '../domain/deps.ts'
import { countOverdue, findFirstDeadline } from '../store/deadlines.ts'
import { countWaiting, findFirstDue } from '../store/saga-queue.ts'

export function observeSaga({ metrics, db, clock }: Deps): SagaCounters {
  metrics.gauge('privacy_requests_overdue', 'Requests past the month the law gives', [], async (set) => {
    set({}, await countOverdue(db, clock.now()))
  })
  metrics.gauge('privacy_erasures_open', 'Erasures that are not completed', [], async (set) => {
    set({}, await countWaiting(db))
  })
  metrics.gauge(
    'privacy_request_seconds_left',
    'Time left for the request that is due first; negative once it is overdue',
    [],
    async (set) => {
      const at = await findFirstDeadline(db)
      if (at) set({}, (at.getTime() - clock.now().getTime()) / 1_000)
    },
  )
  metrics.gauge('privacy_saga_late_seconds', 'How long due work has not been taken up', [], async (set) => {
    const dueAt = await findFirstDue(db, clock.now())
    set({}, dueAt ? Math.max(0, (clock.now().getTime() - dueAt.getTime()) / 1_000) : 0)
  })
  return {
    seconds: metrics.histogram('privacy_erasure_seconds', 'From proof to receipt', [], erasureBuckets),
    failures: metrics.counter('privacy_erasure_failures_total', 'Steps that have to be tried again', [
      'holder',
    ]),
    residues: metrics.counter('privacy_erasure_residues_total', 'Searches that found something left', [
      'holder',
    ]),
  }
}

/** From a small business with nothing to search to a hold that ends after weeks. */
const erasureBuckets = [1, 2.5, 5, 10, 30, 60, 300, 3_600, 86_400, 2_592_000]

export interface SagaCounters {
  seconds: ReturnType<Metrics['histogram']>
  failures: ReturnType<Metrics['counter']>
  residues: ReturnType<Metrics['counter']>
}
