import type { privacy } from '@candor/contracts/privacy'
import type { CallerOf, InputOf } from '@candor/contracts/contract'
import type { PrivacyRequest } from '@candor/contracts/privacy/request-shapes'
import { ServiceError } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import type { Transaction } from 'kysely'
import { insertNote } from '../../store/request-notes.ts'
import { lockRequest } from '../../store/requests.ts'
import type { RequestRecord } from '../../store/requests.ts'
import { deleteTimer, hasTimer, setTimer } from '../../store/timers.ts'
import type { Database } from '../../store/tables.ts'
import type { Deps } from '../deps.ts'
import { acts } from './acts.ts'
import { describeChanged } from './describe-stored.ts'
import { getOwnRequest } from './find-own-request.ts'
import { startRelease } from './start-release.ts'
import { tellRequester } from './tell-requester.ts'

/** Ends what a request had stopped: at once for its person, after notice for staff. */
export async function liftRestriction(
  deps: Deps,
  caller: CallerOf<Row>,
  { requestId, reason }: InputOf<Row>,
): Promise<PrivacyRequest> {
  const { tenantId } = await getOwnRequest(deps, caller, requestId)
  const lifted = await asTenant(deps.db, tenantId, async (trx) => {
    const request = await lockRequest(trx, requestId)
    checkLiftable(request)
    if (caller.kind === 'staff') await announceLift(trx, deps, request, { reason, staffId: caller.userId })
    else {
      await deleteTimer(trx, requestId)
      const note = { id: deps.newId(), requestId, tenantId, note: reason || null, staffId: null }
      await insertNote(trx, { ...note, at: deps.clock.now(), what: 'Lifted by the requester' })
      await startRelease(trx, deps, request)
    }
    return describeChanged(trx, deps, requestId, caller.kind === 'staff')
  })
  deps.alarm.ring()
  return lifted
}

type Row = (typeof privacy)['procedures']['liftRestriction']

function checkLiftable({ kind, state, inForce }: RequestRecord): void {
  const { does } = acts[kind]
  const lasts = does === 'restrict' || does === 'object' || does === 'opt-out'
  if (!lasts || state !== 'completed' || !inForce || inForce.until)
    throw new ServiceError('conflict', 'nothing of this request is in force')
}

/** Staff may end a restriction and nothing else: an objection ends by decision, or by its person. */
async function announceLift(
  trx: Transaction<Database>,
  deps: Deps,
  request: RequestRecord,
  { reason, staffId }: { reason: string; staffId: string },
): Promise<void> {
  const { id: requestId, tenantId, business } = request
  if (acts[request.kind].does !== 'restrict')
    throw new ServiceError('conflict', 'only its person can lift this')
  if (!reason) throw new ServiceError('conflict', 'the requester has to be told a reason')
  if (await hasTimer(trx, requestId, 'lift')) throw new ServiceError('conflict', 'it was announced before')
  const now = deps.clock.now()
  const at = new Date(now.getTime() + noticeMs)
  await setTimer(trx, { requestId, tenantId, what: 'lift', at })
  const note = { id: deps.newId(), requestId, tenantId, at: now, note: reason, staffId }
  await insertNote(trx, { ...note, what: 'End of the restriction announced' })
  await tellRequester(trx, deps, request, {
    key: `lift-${now.getTime()}`,
    subject: `${business.name} will lift the restriction you asked for`,
    paragraphs: [
      `What is held about you will be used again from ${at.toISOString().slice(0, 10)} on.`,
      `The reason: ${reason}`,
      'Until then you can object, ask for erasure, or complain to the supervisory authority.',
    ],
  })
}

/** The person is told before it happens (GDPR article 18(3)), and has time to answer. */
const noticeMs = 3 * 86_400_000
