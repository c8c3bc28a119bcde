import type { privacy } from '@candor/contracts/privacy'
import type { CallerOf, InputOf } from '@candor/contracts/contract'
import type { PrivacyRequest } from '@candor/contracts/privacy/request-shapes'
import { endOf } from '@candor/policy/period'
import { ServiceError } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import { setDeadline } from '../../store/deadlines.ts'
import { insertNote } from '../../store/request-notes.ts'
import { lockRequest, setExtension } from '../../store/requests.ts'
import type { Deps } from '../deps.ts'
import { describeChanged } from './describe-stored.ts'
import { limitFor } from './rules.ts'
import { tellRequester } from './tell-requester.ts'
import { setActTimer } from './timers.ts'

/** Gives the business more time, once, by what its notice says, and tells the requester why within the first limit. */
export async function extendRequest(
  deps: Deps,
  { tenantId, userId }: CallerOf<Row>,
  { requestId, reason }: InputOf<Row>,
): Promise<PrivacyRequest> {
  const rules = await deps.rulesOf(tenantId)
  return asTenant(deps.db, tenantId, async (trx) => {
    const request = await lockRequest(trx, requestId)
    const at = deps.clock.now()
    const { dueAt, extension, state, business } = request
    const isOpen = state === 'in-progress' || state === 'awaiting-decision'
    if (!isOpen || !dueAt) throw new ServiceError('conflict', 'no time limit is running')
    if (extension) throw new ServiceError('conflict', 'the time limit was extended before')
    if (at >= dueAt) throw new ServiceError('conflict', 'the time limit is over')
    const longer = limitFor(rules, request.kind).extension
    if (!longer) throw new ServiceError('conflict', 'the notice allows no extension')
    const later = endOf(dueAt, longer)
    await setExtension(trx, requestId, { at, reason, dueAt: later })
    await setDeadline(trx, { requestId, tenantId, what: 'serve', at: later })
    await setActTimer(trx, { ...request, dueAt: later }, at)
    const note = { id: deps.newId(), requestId, tenantId, at, note: reason, staffId: userId }
    await insertNote(trx, { ...note, what: 'Time limit extended' })
    await tellRequester(trx, deps, request, {
      key: 'extension',
      subject: `${business.name} needs longer for your privacy request`,
      paragraphs: [
        `It will be answered by ${later.toISOString().slice(0, 10)}. The reason: ${reason}`,
        'You can complain to the supervisory authority of the country you live or work in.',
      ],
    })
    return describeChanged(trx, deps, requestId, true)
  })
}

type Row = (typeof privacy)['procedures']['extendRequest']
