import type { Metrics } from '@candor/runtime/metrics'
import type { Deps } from '../domain/deps.ts'
import { countOverdue } from '../store/deadlines.ts'
import { countWaiting } from '../store/saga-queue.ts'

export function observeSaga({ metrics, db, clock }: Deps): SagaCounters {
  metrics.gauge('privacy_requests_overdue', 'Requests past the month the law gives', [], async (set) => {
    set({}, await countOverdue(db, clock.now()))
  })
  metrics.gauge('privacy_erasures_open', 'Erasures that are not completed', [], async (set) => {
    set({}, await countWaiting(db))
  })
  return {
    seconds: metrics.histogram('privacy_erasure_seconds', 'From proof to receipt', []),
    failures: metrics.counter('privacy_erasure_failures_total', 'Steps that have to be tried again', [
      'holder',
    ]),
    residues: metrics.counter('privacy_erasure_residues_total', 'Searches that found something left', [
      'holder',
    ]),
  }
}

export interface SagaCounters {
  seconds: ReturnType<Metrics['histogram']>
  failures: ReturnType<Metrics['counter']>
  residues: ReturnType<Metrics['counter']>
}
