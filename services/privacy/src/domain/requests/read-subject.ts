import type { SubjectRef } from '@candor/contracts/data-holder'
import { notFound } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import { refer } from '../../sealing/identifier.ts'
import type { RequestRecord } from '../../store/requests.ts'
import type { Deps } from '../deps.ts'
import { acts } from './acts.ts'
import type { Act } from './acts.ts'
import { findIdentifier } from './find-details.ts'
import { getOwnRequest } from './find-own-request.ts'
import type { Reader } from './find-own-request.ts'
import { isPlatform } from './platform.ts'

/**
 * Whom a proven request of the reader's is about. After an erasure no address is left, and the answer tells of what
 * was kept under the person's id here.
 */
export async function readSubject(
  deps: Deps,
  reader: Reader,
  requestId: string,
  does: Act['does'],
): Promise<{ request: RequestRecord; subject: SubjectRef }> {
  const request = await getOwnRequest(deps, reader, requestId)
  const { tenantId, personId, kind } = request
  if (acts[kind].does !== does || !personId || isPlatform(request)) throw notFound('request of this kind')
  const identifier = await asTenant(deps.db, tenantId, (trx) => findIdentifier(trx, deps, request))
  return { request, subject: refer(tenantId, identifier ?? '', personId) }
}
