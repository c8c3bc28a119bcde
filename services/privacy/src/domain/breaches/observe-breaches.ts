import { findFirstBreachDeadline } from '../../store/breaches.ts'
import type { Deps } from '../deps.ts'

/** How long is left of the 72 hours that end first; negative once they are over, no sample while none run. */
export function observeBreaches({ metrics, db, clock }: Pick<Deps, 'metrics' | 'db' | 'clock'>): void {
  metrics.gauge(
    'privacy_breach_seconds_left',
    'Time left to notify the authority of the breach that is due first',
    [],
    async (set) => {
      const at = await findFirstBreachDeadline(db)
      if (at) set({}, (at.getTime() - clock.now().getTime()) / 1_000)
    },
  )
}
