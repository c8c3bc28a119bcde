import type { PrivacyRequest } from '@candor/contracts/privacy/schemas'
import { notFound } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import { listSteps } from '../store/request-steps.ts'
import { listRequests as listRecords } from '../store/requests.ts'
import type { Deps } from './deps.ts'
import { describeRequest } from './describe-request.ts'
import { findOwnRequest, findPersonId } from './find-own-request.ts'
import type { Reader } from './find-own-request.ts'

export function getRequest(deps: Deps, reader: Reader, requestId: string): Promise<PrivacyRequest> {
  return asTenant(deps.db, reader.tenantId, async (trx) => {
    const request = await findOwnRequest(trx, reader, requestId)
    if (!request) throw notFound('request')
    return describeRequest(request, await listSteps(trx, [request.id]))
  })
}

/** Newest first. */
export function listRequests(deps: Deps, reader: Reader): Promise<PrivacyRequest[]> {
  return asTenant(deps.db, reader.tenantId, async (trx) => {
    const personId = reader.kind === 'subject' ? await findPersonId(trx, reader) : undefined
    if (reader.kind === 'subject' && personId === undefined) return []
    const requests = await listRecords(trx, personId)
    const steps = Map.groupBy(
      await listSteps(
        trx,
        requests.map(({ id }) => id),
      ),
      ({ requestId }) => requestId,
    )
    return requests.map((request) => describeRequest(request, steps.get(request.id) ?? []))
  })
}
