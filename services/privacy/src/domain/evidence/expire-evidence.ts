import type { Lifecycle } from '@candor/runtime/lifecycle'
import { pause } from '@candor/runtime/pause'
import { deleteExpiredEvidence } from '../../store/evidence-log.ts'
import type { Deps } from '../deps.ts'

/** Evidence goes at the moment that was promised when it was taken, whatever the notice says by then. */
export function startExpiringEvidence(lifecycle: Lifecycle, deps: Pick<Deps, 'db' | 'clock' | 'log'>): void {
  async function loop(): Promise<void> {
    while (!lifecycle.signal.aborted) {
      const gone = await deleteExpiredEvidence(deps.db, deps.clock.now()).catch((err: unknown) => {
        deps.log.warn({ err }, 'expiring evidence is waiting')
        return 0
      })
      if (gone === 0) await pause(pollMs, lifecycle.signal)
    }
  }

  const finished = loop()
  lifecycle.onStop('evidence', () => finished)
}

const pollMs = 2_000
