import type { SubjectRef } from '@candor/contracts/data-holder'
import type { RequestDetails, RequestState } from '@candor/contracts/privacy/request-shapes'
import type { RequestKind } from '@candor/contracts/policy/policy'
import type { Transaction } from 'kysely'
import { refer } from '../../sealing/identifier.ts'
import type { Identifier } from '../../sealing/identifier.ts'
import { sealSubject } from '../../sealing/sealed-subject.ts'
import { deleteDeadline, setDeadline } from '../../store/deadlines.ts'
import { insertWork } from '../../store/erasures.ts'
import type { RequestRecord } from '../../store/requests.ts'
import { lockPersonOfAddress } from '../../store/sealed-addresses.ts'
import type { Database, Plan } from '../../store/tables.ts'
import type { Deps } from '../deps.ts'
import { acts } from './acts.ts'
import { isPlatform } from './platform.ts'

/** What begins with proof: the time limit counts, and the saga has its work. Ring its alarm after the commit. */
export async function startServing(
  trx: Transaction<Database>,
  deps: Deps,
  request: RequestRecord,
  person: { identifier: Identifier; details: RequestDetails | undefined },
): Promise<void> {
  const { id: requestId, tenantId, dueAt } = request
  await deleteDeadline(trx, requestId, 'prove')
  await setDeadline(trx, { requestId, tenantId, what: 'serve', at: dueAt! })
  const plan = isPlatform(request) ? 'pass-on' : firstPlan(request)
  if (plan) await startWork(trx, deps, request, plan, await subjectOf(trx, deps, request, person))
}

/** The state a request is in once it is proven. */
export function stateAtProof({ kind, tenantId }: { kind: RequestKind; tenantId: string }): RequestState {
  return acts[kind].does === 'correct' && !isPlatform({ tenantId }) ? 'awaiting-decision' : 'in-progress'
}

/** Gives the saga something to do in the services. */
export async function startWork(
  trx: Transaction<Database>,
  deps: Deps,
  { id: requestId, tenantId, instructionId }: Pick<RequestRecord, 'id' | 'tenantId' | 'instructionId'>,
  plan: Plan,
  subject: SubjectRef,
): Promise<void> {
  const sealedSubject = sealSubject(deps.sealer, subject, requestId)
  await insertWork(trx, {
    requestId,
    tenantId,
    plan,
    sealedSubject,
    rank: instructionId ? 1 : 0,
    now: deps.clock.now(),
  })
}

/** Whom the request is about: its person, but the child where somebody reports one. */
export async function subjectOf(
  trx: Transaction<Database>,
  deps: Deps,
  { tenantId, personId }: RequestRecord,
  { identifier, details }: { identifier: Identifier; details: RequestDetails | undefined },
): Promise<SubjectRef> {
  const child = details?.minor?.email
  if (!child || child === identifier) return refer(tenantId, identifier, personId)
  return refer(tenantId, child, await lockPersonOfAddress(trx, deps.sealer.hashAddress(tenantId, child)))
}

function firstPlan({ kind, instructionId }: RequestRecord): Plan | undefined {
  switch (acts[kind].does) {
    case 'erase':
      return 'erase'
    case 'correct':
      // Whoever asks waits for the business's decision; the business itself has decided.
      return instructionId ? 'correct' : undefined
    case 'restrict':
    case 'object':
    case 'opt-out':
    case 'protect-minor':
      return 'restrict'
    case 'deactivate':
      return 'deactivate'
    default:
      return undefined
  }
}
