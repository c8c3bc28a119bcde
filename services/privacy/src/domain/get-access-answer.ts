import type { CallerOf } from '@candor/contracts/contract'
import type { SubjectRef } from '@candor/contracts/data-holder'
import type { privacy } from '@candor/contracts/privacy'
import type { AccessAnswer } from '@candor/contracts/privacy/schemas'
import { notFound } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import { deleteDeadline } from '../store/deadlines.ts'
import { setEnded } from '../store/requests.ts'
import { findSealedAddress } from '../store/sealed-addresses.ts'
import type { Deps } from './deps.ts'
import { findOwnRequest } from './find-own-request.ts'
import { askAll } from './holders.ts'
import { locateEverywhere } from './locate-everywhere.ts'
import { rights } from './rights.ts'

/**
 * Everything every service holds about the person, or an error: an answer with a service left out would say that it
 * holds nothing. The first answer completes the request; it can be read again.
 */
export async function getAccessAnswer(
  deps: Deps,
  caller: CallerOf<Row>,
  requestId: string,
): Promise<AccessAnswer> {
  const { request, subject } = await readSubject(deps, caller, requestId)
  const located = await locateEverywhere(deps.holders, subject)
  const answers = await askAll(deps.holders, (client) => client.exportSubject.query({ subject: located }))
  const now = deps.clock.now()
  await asTenant(deps.db, caller.tenantId, async (trx) => {
    await setEnded(trx, request.id, 'completed', now)
    await deleteDeadline(trx, request.id, 'serve')
  })
  return {
    requestId: request.id,
    business: request.business,
    generatedAt: now.toISOString(),
    services: answers.map(({ service, answer }) => ({ service, holdings: answer })),
    rights,
  }
}

type Row = (typeof privacy)['procedures']['getAccessAnswer']

/** After an erasure no address is left, and the answer tells of what was kept under the person's id here. */
function readSubject(deps: Deps, caller: CallerOf<Row>, requestId: string) {
  const { tenantId } = caller
  return asTenant(deps.db, tenantId, async (trx) => {
    const request = await findOwnRequest(trx, caller, requestId)
    if (request?.kind !== 'access' || !request.personId) throw notFound('access request')
    const address = await findSealedAddress(trx, request.id)
    const emails = address ? [deps.sealer.open(address.sealed, [tenantId, request.id])] : []
    const subject: SubjectRef = { tenantId, emails, visitorIds: [request.personId], userIds: [] }
    return { request, subject }
  })
}
