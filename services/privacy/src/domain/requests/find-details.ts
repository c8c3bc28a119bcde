import type { RequestDetails } from '@candor/contracts/privacy/request-shapes'
import type { Transaction } from 'kysely'
import { openDetails } from '../../sealing/sealed-details.ts'
import { listDetails } from '../../store/request-details.ts'
import type { RequestRecord } from '../../store/requests.ts'
import { findSealedAddress } from '../../store/sealed-addresses.ts'
import type { Database } from '../../store/tables.ts'
import type { Deps } from '../deps.ts'
import type { Identifier } from '../../sealing/identifier.ts'

/** What the request needs beside its kind, as long as it is not ended. */
export async function findDetails(
  trx: Transaction<Database>,
  deps: Deps,
  { id: requestId, tenantId }: Pick<RequestRecord, 'id' | 'tenantId'>,
): Promise<RequestDetails | undefined> {
  const [found] = await listDetails(trx, [requestId])
  return found && openDetails(deps.sealer, found.sealed, { requestId, tenantId })
}

/** By what its person was proven; nothing is left of it once they are erased. */
export async function findIdentifier(
  trx: Transaction<Database>,
  deps: Deps,
  { id: requestId, tenantId }: Pick<RequestRecord, 'id' | 'tenantId'>,
): Promise<Identifier | undefined> {
  const address = await findSealedAddress(trx, requestId)
  return address && deps.sealer.open(address.sealed, [tenantId, requestId])
}
