import type { Transaction } from 'kysely'
import { deleteDeadline } from '../../store/deadlines.ts'
import { deleteDetails } from '../../store/request-details.ts'
import { setEnded } from '../../store/requests.ts'
import { deleteTimer } from '../../store/timers.ts'
import type { Database } from '../../store/tables.ts'

/** Ends a request that was proven: nothing of it is due any more, and what it said beside its kind is forgotten. */
export async function finishRequest(
  trx: Transaction<Database>,
  requestId: string,
  state: 'completed' | 'refused',
  now: Date,
): Promise<boolean> {
  await deleteDeadline(trx, requestId, 'serve')
  await deleteTimer(trx, requestId)
  await deleteDetails(trx, requestId)
  return setEnded(trx, requestId, state, now)
}
