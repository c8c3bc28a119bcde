import { briefingAcknowledged } from '@candor/contracts/privacy/events'
import { on } from '@candor/events/listener'
import type { Listener } from '@candor/events/listener'
import { setBriefed } from './store/briefings.ts'

/** What identity does on the events of others. */
export const identityListeners: readonly Listener[] = [
  on(briefingAcknowledged, {
    apply: (trx, { userId }, { tenantId, occurredAt }) => setBriefed(trx, { tenantId, userId }, occurredAt),
  }),
]
