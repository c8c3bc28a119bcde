import type { privacy } from '@candor/contracts/privacy'
import type { CallerOf, InputOf } from '@candor/contracts/contract'
import type { PrivacyRequest } from '@candor/contracts/privacy/request-shapes'
import { ServiceError } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import type { Transaction } from 'kysely'
import { insertNote } from '../../store/request-notes.ts'
import { lockRequest, setDecision, setState } from '../../store/requests.ts'
import type { RequestRecord } from '../../store/requests.ts'
import { deleteTimer } from '../../store/timers.ts'
import type { Database, Plan } from '../../store/tables.ts'
import type { Deps } from '../deps.ts'
import { acts } from './acts.ts'
import { describeChanged } from './describe-stored.ts'
import { findDetails, findIdentifier } from './find-details.ts'
import { finishRequest } from './finish-request.ts'
import { startWork, subjectOf } from './start-serving.ts'
import { tell, tellRequester } from './tell-requester.ts'

/** What the law leaves to the business: the reason goes to the requester with the outcome. */
export async function decideRequest(
  deps: Deps,
  { tenantId, userId }: CallerOf<Row>,
  input: InputOf<Row>,
): Promise<PrivacyRequest> {
  const { requestId, outcome, reason } = input
  const decided = await asTenant(deps.db, tenantId, async (trx) => {
    const request = await lockRequest(trx, requestId)
    if (request.state !== 'awaiting-decision') throw new ServiceError('conflict', 'nothing is to be decided')
    const at = deps.clock.now()
    const what = outcome === 'approved' ? 'Approved by staff' : 'Refused by staff'
    await insertNote(trx, { id: deps.newId(), requestId, tenantId, at, what, note: reason, staffId: userId })
    await tellOutcome(trx, deps, request, input)
    await decide(trx, deps, request, { outcome, reason })
    return describeChanged(trx, deps, requestId, true)
  })
  deps.alarm.ring()
  return decided
}

type Row = (typeof privacy)['procedures']['decideRequest']

/** Carries a decision out, whoever took it. The request is locked. */
export async function decide(
  trx: Transaction<Database>,
  deps: Deps,
  request: RequestRecord,
  { outcome, reason }: { outcome: 'approved' | 'refused'; reason: string },
): Promise<void> {
  const now = deps.clock.now()
  await setDecision(trx, request.id, { outcome, at: now, reason })
  const next = consequence(request, outcome)
  if (next === 'completed' || next === 'refused')
    return void (await finishRequest(trx, request.id, next, now))
  const identifier = await findIdentifier(trx, deps, request)
  // An erasure of the person has overtaken it: nothing is left to correct, stop or erase.
  if (!identifier) return void (await finishRequest(trx, request.id, 'completed', now))
  const details = await findDetails(trx, deps, request)
  await setState(trx, request.id, 'in-progress')
  await deleteTimer(trx, request.id)
  await startWork(trx, deps, request, next, await subjectOf(trx, deps, request, { identifier, details }))
}

/** What has to happen in the services, or the end where nothing has to. */
function consequence(
  { kind }: RequestRecord,
  outcome: 'approved' | 'refused',
): Plan | 'completed' | 'refused' {
  const { does } = acts[kind]
  if (does === 'correct') return outcome === 'approved' ? 'correct' : 'refused'
  if (does === 'protect-minor') return outcome === 'approved' ? 'erase' : 'release'
  // An objection has been in force since its proof.
  return outcome === 'approved' ? 'completed' : 'release'
}

async function tellOutcome(
  trx: Transaction<Database>,
  deps: Deps,
  request: RequestRecord,
  { outcome, reason, recipients }: InputOf<Row>,
): Promise<void> {
  const { name } = request.business
  await tellRequester(trx, deps, request, {
    key: 'decision',
    subject: `${name} has ${outcome} your privacy request`,
    paragraphs: [
      `You asked ${name} ${acts[request.kind].asked}. It was ${outcome}.`,
      `The reason: ${reason}`,
      ...(outcome === 'refused'
        ? ['You can complain to the supervisory authority of the country you live or work in.']
        : []),
    ],
  })
  const correction = (await findDetails(trx, deps, request))?.correction
  if (outcome === 'refused' || !correction) return
  for (const [at, to] of recipients.entries()) {
    await tell(trx, deps, request, {
      key: `recipient-${at}`,
      to,
      subject: `A correction of what you got from ${name}`,
      paragraphs: [
        `${name} earlier gave you a person's ${correction.field}. It was wrong and is now corrected.`,
        `Wrong: ${correction.from ?? '(nothing)'}`,
        `Right: ${correction.to}`,
        'Please correct your copy (GDPR article 19).',
      ],
    })
  }
}
