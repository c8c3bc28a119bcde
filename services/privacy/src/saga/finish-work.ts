import { asTenant } from '@candor/runtime/tenancy'
import type { Transaction } from 'kysely'
import type { Deps } from '../domain/deps.ts'
import { acts, isAbsolute } from '../domain/requests/acts.ts'
import { findDetails } from '../domain/requests/find-details.ts'
import { finishRequest } from '../domain/requests/finish-request.ts'
import { isOwnReport } from '../domain/requests/is-own-report.ts'
import { startWork } from '../domain/requests/start-serving.ts'
import { tellRequester } from '../domain/requests/tell-requester.ts'
import { setActTimer } from '../domain/requests/timers.ts'
import { deleteErasure } from '../store/erasures.ts'
import { insertNote } from '../store/request-notes.ts'
import { endForce, lockRequest, setInForce, setState } from '../store/requests.ts'
import type { RequestRecord } from '../store/requests.ts'
import type { Database } from '../store/tables.ts'
import { holdLease } from './lease.ts'
import type { Work } from './steps.ts'

/** What follows once the services have done their part, in one transaction with the end of the work. */
export async function finishWork(deps: Deps, work: Work): Promise<void> {
  const { requestId, tenantId } = work.claim
  const now = deps.clock.now()
  await asTenant(deps.db, tenantId, async (trx) => {
    await holdLease(trx, work.claim, now)
    const request = await lockRequest(trx, requestId)
    await deleteErasure(trx, requestId)
    if (work.plan === 'restrict') await takeEffect(trx, deps, request, work, now)
    else if (work.plan === 'release') await endEffect(trx, deps, request, now)
    else {
      if (work.plan === 'deactivate') await setInForce(trx, requestId, now)
      if (work.plan === 'correct') await tellDone(trx, deps, request)
      await finishRequest(trx, requestId, 'completed', now)
    }
  })
  deps.alarm.ring()
}

/** A restriction is served with that; an objection and a report wait for a decision while they are in force. */
async function takeEffect(
  trx: Transaction<Database>,
  deps: Deps,
  request: RequestRecord,
  { subject }: Work,
  now: Date,
): Promise<void> {
  const { id: requestId, tenantId, kind } = request
  const { does } = acts[kind]
  const details = await findDetails(trx, deps, request)
  await setInForce(trx, requestId, now)
  const what = does === 'protect-minor' ? 'Hidden and closed in every service' : 'In force in every service'
  await insertNote(trx, { id: deps.newId(), requestId, tenantId, at: now, what, note: null, staffId: null })
  if (does === 'protect-minor' && (await isOwnReport(trx, deps, request)))
    return startWork(trx, deps, request, 'erase', subject)
  if (does === 'protect-minor' || (does === 'object' && !isAbsolute(kind, details))) {
    await setState(trx, requestId, 'awaiting-decision')
    return setActTimer(trx, { ...request, state: 'awaiting-decision' }, now)
  }
  await finishRequest(trx, requestId, 'completed', now)
}

async function endEffect(
  trx: Transaction<Database>,
  deps: Deps,
  request: RequestRecord,
  now: Date,
): Promise<void> {
  const { id: requestId, tenantId } = request
  await endForce(trx, requestId, now)
  const what = 'No longer in force in any service'
  await insertNote(trx, { id: deps.newId(), requestId, tenantId, at: now, what, note: null, staffId: null })
  if (request.state === 'in-progress') await finishRequest(trx, requestId, 'refused', now)
}

async function tellDone(trx: Transaction<Database>, deps: Deps, request: RequestRecord): Promise<void> {
  await tellRequester(trx, deps, request, {
    key: 'done',
    subject: `${request.business.name} has corrected what you asked for`,
    paragraphs: ['It stands right now wherever it is held.'],
  })
}
