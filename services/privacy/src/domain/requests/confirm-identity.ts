import type { privacy } from '@candor/contracts/privacy'
import type { CallerOf } from '@candor/contracts/contract'
import type { PrivacyRequest } from '@candor/contracts/privacy/request-shapes'
import { ServiceError } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import { insertNote } from '../../store/request-notes.ts'
import { lockRequest } from '../../store/requests.ts'
import type { Deps } from '../deps.ts'
import { acceptProof } from './accept-proof.ts'
import { documentNote } from './open-request-for.ts'

/** Staff vouch for the person by a document that they saw. Kept is only that, who and when. */
export async function confirmIdentity(
  deps: Deps,
  { tenantId, userId }: CallerOf<Row>,
  requestId: string,
): Promise<PrivacyRequest> {
  const rules = await deps.rulesOf(tenantId)
  const now = deps.clock.now()
  const confirmed = await asTenant(deps.db, tenantId, async (trx) => {
    const request = await lockRequest(trx, requestId)
    if (request.state !== 'awaiting-proof') throw new ServiceError('conflict', 'nothing is to be proven')
    if (!rules.identityProof.includes('document-check'))
      throw new ServiceError('conflict', 'the notice takes no document for proof')
    const note = { id: deps.newId(), requestId, tenantId, at: now, note: null, staffId: userId }
    await insertNote(trx, { ...note, what: documentNote })
    return acceptProof(trx, deps, { request, rules, how: 'document-check', isForStaff: true })
  })
  if (!confirmed) throw new ServiceError('conflict', 'the address has been erased')
  deps.alarm.ring()
  return confirmed
}

type Row = (typeof privacy)['procedures']['confirmIdentity']
