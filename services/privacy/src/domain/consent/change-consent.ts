import { consentChanged } from '@candor/contracts/privacy/events'
import type { ConsentRecord } from '@candor/contracts/privacy/consent-schemas'
import { appendEvent } from '@candor/events/outbox'
import { isBuried, subjectHash } from '@candor/events/tombstones'
import { ServiceError } from '@candor/rpc/service-error'
import type { Transaction } from 'kysely'
import { insertConsent } from '../../store/consent-log.ts'
import type { ConsentEntry, Holder } from '../../store/consent-log.ts'
import type { Database } from '../../store/tables.ts'
import type { Deps } from '../deps.ts'

/**
 * Writes the next entry of a holder's history and announces what holds, in one transaction under the lock of
 * `lockConsents`. Wake the relay after the commit.
 */
export async function changeConsent(
  trx: Transaction<Database>,
  deps: Deps,
  holder: Holder,
  last: ConsentEntry | undefined,
  change: Omit<ConsentEntry, 'id' | 'at'>,
): Promise<ConsentRecord> {
  if (await isBuried(trx, holder.id)) throw new ServiceError('not-signed-in', 'this session has ended')
  // The newest entry counts, so none may seem older than the one before it, on whichever replica it is written.
  const now = new Date(Math.max(deps.clock.now().getTime(), last ? Date.parse(last.at) : 0))
  await insertConsent(trx, holder, { ...change, id: deps.newId(), now })
  await appendEvent(trx, deps.newId, consentChanged, {
    tenantId: holder.tenantId,
    // Orders what is told of one holder, and is no way back to them once the id itself is gone.
    streamKey: subjectHash(holder.id).toString('hex'),
    subjectId: holder.id,
    occurredAt: now,
    payload: { holder: holder.kind, given: change.holds },
  })
  const { holds: _, ...record } = change
  return { ...record, at: now.toISOString() }
}
