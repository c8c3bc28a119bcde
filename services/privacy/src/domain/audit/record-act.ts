import { createHash } from 'node:crypto'
import { callerKind } from '@candor/contracts/callers'
import type { Caller } from '@candor/contracts/callers'
import type { Purpose } from '@candor/contracts/purposes'
import { pseudonymOf } from '@candor/service/pseudonym'
import type { Transaction } from 'kysely'
import { appendAuditFacts } from '../../store/audit-log.ts'
import type { Database } from '../../store/tables.ts'
import type { Deps } from '../deps.ts'

/** Enters a decision in the audit log, in the transaction that makes it and as its last step. */
export async function recordAct(
  trx: Transaction<Database>,
  deps: Pick<Deps, 'clock'>,
  act: Act,
): Promise<void> {
  const { tenantId, caller, what, purpose, object = null, detail = null } = act
  const fact = {
    at: deps.clock.now().toISOString(),
    kind: 'act' as const,
    role: callerKind(caller),
    who: personOf(caller),
    what,
    purpose,
    reason: null,
    object,
    detail,
    times: 1,
  }
  await appendAuditFacts(trx, tenantId, [fact])
}

export interface Act {
  tenantId: string
  caller: Caller
  what: string
  purpose: Purpose
  object?: string | null
  /** A fixed word or a digest. */
  detail?: string | null
}

/** By which an entry names a document without holding it. */
export function digestOf(document: string): string {
  return `sha256:${createHash('sha256').update(document).digest('hex')}`
}

function personOf(caller: Caller): string | null {
  if (caller.kind === 'staff') return pseudonymOf(caller.userId)
  if (caller.kind === 'visitor') return pseudonymOf(caller.visitorId)
  return caller.kind === 'subject' ? pseudonymOf(caller.requestId) : null
}
