import type { Caller } from '@candor/contracts/callers'
import type { Holder } from '../../store/consent-log.ts'

/** Whose consent a caller speaks for: only ever their own. */
export function holderOf(caller: Extract<Caller, { kind: 'visitor' | 'staff' }>): Holder {
  const { tenantId } = caller
  return caller.kind === 'visitor'
    ? { kind: 'visitor', tenantId, id: caller.visitorId }
    : { kind: 'account', tenantId, id: caller.userId }
}
