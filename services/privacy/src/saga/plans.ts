import type { ServiceName } from '@candor/contracts/callers'
import { services } from '@candor/contracts/callers'
import type { Deps } from '../domain/deps.ts'
import type { Plan, Step } from '../store/tables.ts'
import { eraseOthers, eraseOwn, searchBusiness, settle, shut } from './closing-steps.ts'
import { correct, deactivate, passOn, release, restrict } from './lasting-steps.ts'
import type { SagaCounters } from './observe-saga.ts'
import { erase, hide, locate } from './steps.ts'
import type { Work } from './steps.ts'
import { verifyOrAgain } from './verify-or-again.ts'

/** What each plan does, step by step, each in every service it names before the next begins. */
export const plans: Record<Plan, readonly PlannedStep[]> = {
  erase: [
    { step: 'located', in: services, run: locate },
    { step: 'hidden', in: services, run: hide },
    { step: 'erased', in: services, run: erase },
    { step: 'verified', in: services, run: verifyOrAgain },
  ],
  correct: [
    { step: 'located', in: services, run: locate },
    { step: 'corrected', in: services, run: correct },
  ],
  restrict: [
    { step: 'located', in: services, run: locate },
    { step: 'restricted', in: services, run: restrict },
  ],
  release: [{ step: 'released', in: services, run: release }],
  deactivate: [
    { step: 'located', in: services, run: locate },
    { step: 'deactivated', in: ['identity'], run: deactivate },
  ],
  close: [
    { step: 'closed', in: ['identity'], run: shut },
    { step: 'settled', in: ['privacy'], run: settle },
    { step: 'erased', in: ['identity', 'chat', 'billing', 'transcripts'], run: eraseOthers },
    { step: 'erased', in: ['privacy'], run: eraseOwn },
    { step: 'verified', in: services, run: searchBusiness },
  ],
  'pass-on': [{ step: 'passed-on', in: ['privacy'], run: passOn }],
}

interface PlannedStep {
  step: Step
  in: readonly ServiceName[]
  run: (deps: Deps, work: Work, counters: SagaCounters) => Promise<void>
}
