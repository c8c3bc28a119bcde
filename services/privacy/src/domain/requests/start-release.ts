import type { Transaction } from 'kysely'
import type { RequestRecord } from '../../store/requests.ts'
import type { Database } from '../../store/tables.ts'
import type { Deps } from '../deps.ts'
import { startWork } from './start-serving.ts'

/** Ends in every service what the request had stopped there. They know it by the request, so nobody is named. */
export async function startRelease(
  trx: Transaction<Database>,
  deps: Deps,
  request: RequestRecord,
): Promise<void> {
  const nobody = { tenantId: request.tenantId, emails: [], visitorIds: [], userIds: [] }
  await startWork(trx, deps, request, 'release', nobody)
}
