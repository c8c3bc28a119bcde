import type { PrivacyRequest } from '@candor/contracts/privacy/request-shapes'
import type { Transaction } from 'kysely'
import { openDetails } from '../../sealing/sealed-details.ts'
import { listDetails } from '../../store/request-details.ts'
import { listNotes } from '../../store/request-notes.ts'
import { listSteps } from '../../store/request-steps.ts'
import { findRequest } from '../../store/requests.ts'
import type { RequestRecord } from '../../store/requests.ts'
import type { Database } from '../../store/tables.ts'
import type { Deps } from '../deps.ts'
import { describeRequest } from './describe-request.ts'

/** A request with all that is stored beside it. */
export async function describeStored(
  trx: Transaction<Database>,
  deps: Deps,
  request: RequestRecord,
  isForStaff: boolean,
): Promise<PrivacyRequest> {
  const [described] = await describeAll(trx, deps, [request], isForStaff)
  return described!
}

/** The same for what was changed in this transaction. */
export async function describeChanged(
  trx: Transaction<Database>,
  deps: Deps,
  requestId: string,
  isForStaff: boolean,
): Promise<PrivacyRequest> {
  return describeStored(trx, deps, (await findRequest(trx, requestId))!, isForStaff)
}

export async function describeAll(
  trx: Transaction<Database>,
  deps: Deps,
  requests: readonly RequestRecord[],
  isForStaff: boolean,
): Promise<PrivacyRequest[]> {
  const ids = requests.map(({ id }) => id)
  const steps = Map.groupBy(await listSteps(trx, ids), ({ requestId }) => requestId)
  const notes = Map.groupBy(await listNotes(trx, ids), ({ requestId }) => requestId)
  const sealed = new Map((await listDetails(trx, ids)).map((row) => [row.requestId, row.sealed]))
  return requests.map((request) => {
    const { id, tenantId } = request
    const box = sealed.get(id)
    const details = box && openDetails(deps.sealer, box, { tenantId, requestId: id })
    return describeRequest(request, {
      steps: steps.get(id) ?? [],
      notes: notes.get(id) ?? [],
      details,
      isForStaff,
    })
  })
}
