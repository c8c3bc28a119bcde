import { services } from '@candor/contracts/callers'
import type { PrivacyRequest } from '@candor/contracts/privacy/schemas'
import type { StepRecord } from '../store/request-steps.ts'
import type { RequestRecord } from '../store/requests.ts'
import type { Step } from '../store/tables.ts'

/** A request as its person and the business see it. `steps` are those of the request. */
export function describeRequest(request: RequestRecord, steps: readonly StepRecord[]): PrivacyRequest {
  const done = steps.filter((step) => step.doneAt !== null)
  return {
    id: request.id,
    kind: request.kind,
    state: request.state,
    openedAt: request.openedAt.toISOString(),
    dueAt: request.dueAt?.toISOString() ?? null,
    completedAt: request.state === 'completed' ? request.endedAt!.toISOString() : null,
    history: tellHistory(request, done),
    progress:
      request.kind === 'erasure' ? services.map((service) => ({ service, done: doneBy(done, service) })) : [],
    hasReceipt: request.kind === 'erasure' && request.state === 'completed',
  }
}

function doneBy(done: readonly StepRecord[], service: string) {
  const steps = ['hidden', 'erased', 'verified'] as const
  return steps.filter((step) => done.some((record) => record.service === service && record.step === step))
}

function tellHistory(request: RequestRecord, done: readonly StepRecord[]): PrivacyRequest['history'] {
  const moments = [
    { at: request.openedAt, what: 'Request opened' },
    { at: request.provenAt, what: 'Address proven' },
    { at: finishedEverywhere(done, 'located'), what: 'Found what every service holds' },
    { at: finishedEverywhere(done, 'hidden'), what: 'Hidden in every service' },
    { at: finishedEverywhere(done, 'erased'), what: 'Erased in every service' },
    { at: finishedEverywhere(done, 'verified'), what: 'Searched every service and found nothing left' },
    { at: request.endedAt, what: endings[`${request.kind} ${request.state}`] ?? 'Ended' },
  ]
  return moments.flatMap(({ at, what }) => (at ? [{ at: at.toISOString(), what }] : []))
}

const endings: Record<string, string> = {
  'access completed': 'Answered',
  'erasure completed': 'Receipt issued',
  'access lapsed': 'Lapsed: the address was not proven',
  'erasure lapsed': 'Lapsed: the address was not proven',
}

function finishedEverywhere(done: readonly StepRecord[], step: Step): Date | null {
  const times = done.filter((record) => record.step === step).map((record) => record.doneAt!.getTime())
  return times.length === services.length ? new Date(Math.max(...times)) : null
}
