import { services } from '@candor/contracts/callers'
import type { PrivacyRequest, RequestDetails } from '@candor/contracts/privacy/request-shapes'
import type { Note } from '../../store/request-notes.ts'
import type { StepRecord } from '../../store/request-steps.ts'
import type { RequestRecord } from '../../store/requests.ts'
import type { Step } from '../../store/tables.ts'
import { acts } from './acts.ts'
import { isPlatform } from './platform.ts'

/** A request as its person and the business see it; which member of staff did what is told to staff alone. */
export function describeRequest(
  request: RequestRecord,
  known: {
    steps?: readonly StepRecord[]
    notes?: readonly Note[]
    details?: RequestDetails | undefined
    isForStaff?: boolean
  } = {},
): PrivacyRequest {
  const done = (known.steps ?? []).filter((step) => step.doneAt !== null)
  const { provenAt, proofHow, extension, decision, inForce } = request
  const erases = isErasure(request, done)
  return {
    id: request.id,
    kind: request.kind,
    state: request.state,
    business: isPlatform(request) ? null : request.business,
    source: request.source,
    isDirect: request.isDirect,
    openedAt: request.openedAt.toISOString(),
    proof: provenAt && proofHow && { how: proofHow, at: provenAt.toISOString() },
    dueAt: request.dueAt?.toISOString() ?? null,
    extension: extension && { ...extension, at: extension.at.toISOString() },
    decision: decision && { ...decision, at: decision.at.toISOString() },
    completedAt: request.state === 'completed' ? request.endedAt!.toISOString() : null,
    inForce: inForce && {
      since: inForce.since.toISOString(),
      until: inForce.until?.toISOString() ?? null,
    },
    details: known.details ?? null,
    history: tellHistory(request, done, known.notes ?? [], known.isForStaff ?? false),
    progress: erases ? services.map((service) => ({ service, done: doneBy(done, service) })) : [],
    hasReceipt: erases && request.state === 'completed',
  }
}

/** A minor's report becomes one when it is decided. */
function isErasure(request: RequestRecord, done: readonly StepRecord[]): boolean {
  if (isPlatform(request)) return false
  const { does } = acts[request.kind]
  return does === 'erase' || (does === 'protect-minor' && done.some(({ step }) => step === 'hidden'))
}

function doneBy(done: readonly StepRecord[], service: string) {
  const steps = ['hidden', 'erased', 'verified'] as const
  return steps.filter((step) => done.some((record) => record.service === service && record.step === step))
}

function tellHistory(
  request: RequestRecord,
  done: readonly StepRecord[],
  notes: readonly Note[],
  isForStaff: boolean,
): PrivacyRequest['history'] {
  const erased = isErasure(request, done)
    ? [
        { at: finishedEverywhere(done, 'located'), what: 'Found what every service holds' },
        { at: finishedEverywhere(done, 'hidden'), what: 'Hidden in every service' },
        { at: finishedEverywhere(done, 'erased'), what: 'Erased in every service' },
        { at: finishedEverywhere(done, 'verified'), what: 'Searched every service and found nothing left' },
      ]
    : []
  const moments = [
    { at: request.openedAt, what: 'Request opened' },
    { at: request.provenAt, what: howBegun(request) },
    ...notes.map(({ at, what, note, staffId }) => ({ at, what, note, by: isForStaff ? staffId : null })),
    ...erased,
    { at: request.endedAt, what: ending(request) },
  ]
  return moments
    .flatMap(({ at, ...rest }) => (at ? [{ note: null, by: null, ...rest, at: at.toISOString() }] : []))
    .toSorted((one, other) => one.at.localeCompare(other.at))
}

function howBegun({ proofHow, instructionId }: RequestRecord): string {
  return instructionId ? 'Instructed by the business' : proofs[proofHow ?? 'mailed-link']
}

const proofs = {
  'mailed-link': 'Address proven',
  'signed-in': 'Proven by being signed in',
  'document-check': 'Proven by a document',
}

function ending({ kind, state, ...request }: RequestRecord): string {
  if (state === 'lapsed') return 'Lapsed: the address was not proven'
  if (state === 'refused') return 'Refused'
  if (isPlatform(request)) return 'Passed on to every business that knows the address'
  return endings[acts[kind].does]
}

const endings = {
  answer: 'Answered',
  'hand-over': 'File made',
  erase: 'Receipt issued',
  correct: 'Corrected',
  restrict: 'Restricted',
  object: 'Stopped for good',
  'opt-out': 'Stopped for good',
  deactivate: 'Deactivated',
  'protect-minor': 'Receipt issued',
}

function finishedEverywhere(done: readonly StepRecord[], step: Step): Date | null {
  const times = done.filter((record) => record.step === step).map((record) => record.doneAt!.getTime())
  return times.length === services.length ? new Date(Math.max(...times)) : null
}
