import type { Transaction } from 'kysely'
import type { RequestRecord } from '../../store/requests.ts'
import type { Database } from '../../store/tables.ts'
import type { Deps } from '../deps.ts'
import { findDetails, findIdentifier } from './find-details.ts'

/** Whoever proved the very address that they say is a minor's needs nobody's leave. */
export async function isOwnReport(
  trx: Transaction<Database>,
  deps: Deps,
  request: RequestRecord,
): Promise<boolean> {
  const child = (await findDetails(trx, deps, request))?.minor?.email
  return child !== undefined && child === (await findIdentifier(trx, deps, request))
}
