import type { Transaction } from 'kysely'
import type { RequestRecord } from '../../store/requests.ts'
import { setTimer } from '../../store/timers.ts'
import type { Database } from '../../store/tables.ts'
import { acts } from './acts.ts'

/**
 * What waits for a decision that nobody takes goes the way the person asked: an objection stands when its time is
 * over, and what is held about a minor is erased in time for the promise to be kept.
 */
export async function setActTimer(
  trx: Transaction<Database>,
  { id: requestId, tenantId, kind, dueAt, state }: RequestRecord,
  now: Date,
): Promise<void> {
  const { does } = acts[kind]
  if (state !== 'awaiting-decision' || (does !== 'object' && does !== 'protect-minor')) return
  const at = does === 'object' ? dueAt! : inTime(now, dueAt!)
  await setTimer(trx, { requestId, tenantId, what: 'act', at })
}

/** A day before the end, or half-way there where less than two days are left. */
function inTime(now: Date, end: Date): Date {
  const leftMs = end.getTime() - now.getTime()
  return new Date(end.getTime() - Math.min(dayMs, leftMs / 2))
}

const dayMs = 86_400_000
