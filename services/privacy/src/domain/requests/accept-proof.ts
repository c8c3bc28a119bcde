import type { IdentityProof, PrivacyRequest } from '@candor/contracts/privacy/request-shapes'
import { endOf } from '@candor/policy/period'
import type { Transaction } from 'kysely'
import { setProven } from '../../store/requests.ts'
import type { RequestRecord } from '../../store/requests.ts'
import { findSealedAddress, lockPersonOfAddress, setPerson } from '../../store/sealed-addresses.ts'
import type { Database } from '../../store/tables.ts'
import type { Deps } from '../deps.ts'
import { describeStored } from './describe-stored.ts'
import { findDetails } from './find-details.ts'
import { limitFor } from './rules.ts'
import type { Rules } from './rules.ts'
import { startServing, stateAtProof } from './start-serving.ts'

/**
 * Takes a locked request as proven: its person is known from here on, its time limit counts and it is served. Answers
 * undefined where its address is gone, for an erasure of it has completed.
 */
export async function acceptProof(
  trx: Transaction<Database>,
  deps: Deps,
  {
    request,
    rules,
    how,
    isForStaff,
  }: { request: RequestRecord; rules: Rules; how: IdentityProof; isForStaff?: boolean },
): Promise<PrivacyRequest | undefined> {
  const { id: requestId, tenantId, kind } = request
  const now = deps.clock.now()
  const address = await findSealedAddress(trx, requestId)
  if (!address) return undefined
  const personId = (await lockPersonOfAddress(trx, address.hash)) ?? deps.newId()
  const proven = {
    ...request,
    state: stateAtProof(request),
    personId,
    provenAt: now,
    proofHow: how,
    dueAt: endOf(now, limitFor(rules, kind).within),
  }
  await setProven(trx, requestId, proven)
  await setPerson(trx, requestId, personId)
  const identifier = deps.sealer.open(address.sealed, [tenantId, requestId])
  const details = await findDetails(trx, deps, request)
  await startServing(trx, deps, proven, { identifier, details })
  return describeStored(trx, deps, proven, isForStaff ?? false)
}
