import { staffChanged } from '@candor/contracts/identity/events'
import { appendEvent } from '@candor/events/outbox'
import type { Transaction } from 'kysely'
import type { Database } from '../store/tables.ts'
import type { Deps } from './deps.ts'

/** Says that somebody joined, or has another name or role. The change locks that user's row, which keeps the order. */
export async function announceStaffChanged(
  trx: Transaction<Database>,
  deps: Pick<Deps, 'newId' | 'clock'>,
  { tenantId, userId }: { tenantId: string; userId: string },
): Promise<void> {
  await appendEvent(trx, deps.newId, staffChanged, {
    tenantId,
    streamKey: userId,
    subjectId: userId,
    occurredAt: deps.clock.now(),
    payload: { userId },
  })
}
