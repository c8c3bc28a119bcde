import type { Transaction } from 'kysely'
import { sealSubject } from '../sealing/sealed-subject.ts'
import { setDeadline } from '../store/deadlines.ts'
import { insertErasure } from '../store/erasures.ts'
import type { RequestRecord } from '../store/requests.ts'
import type { Database } from '../store/tables.ts'
import type { Deps } from './deps.ts'

/** What begins with proof: the month counts, and an erasure is the saga's. Ring its alarm after the commit. */
export async function startServing(
  trx: Transaction<Database>,
  deps: Deps,
  request: RequestRecord,
  email: string,
): Promise<void> {
  const { id: requestId, tenantId, kind, personId, dueAt } = request
  await setDeadline(trx, { requestId, tenantId, what: 'serve', at: dueAt! })
  if (kind !== 'erasure') return
  const subject = { tenantId, emails: [email], visitorIds: [personId!], userIds: [] }
  const sealedSubject = sealSubject(deps.sealer, subject, requestId)
  await insertErasure(trx, { requestId, tenantId, sealedSubject, now: deps.clock.now() })
}
