import { randomUUID } from 'node:crypto'
import type { Lifecycle } from '@candor/runtime/lifecycle'
import { continueTrace, runInTrace } from '@candor/runtime/trace'
import type { Deps } from '../domain/deps.ts'
import { claimDue, hasten } from '../store/saga-queue.ts'
import type { Claim } from '../store/saga-queue.ts'
import { driveRequest } from './drive-request.ts'
import { leasedUntil } from './lease.ts'
import { observeSaga } from './observe-saga.ts'

/**
 * Drives requests to their end, any replica any request, several side by side. Every step is committed before the
 * next, so whoever takes one over goes on where it stands. Stopping ends each after the step it is in.
 */
export function startSaga(lifecycle: Lifecycle, deps: Deps): void {
  const counters = observeSaga(deps)
  const driving = new Set<Promise<void>>()

  async function claimFree(): Promise<Claim[]> {
    const now = deps.clock.now()
    const count = drivesMax - driving.size
    if (count === 0) return []
    return claimDue(deps.db, { now, leasedUntil: leasedUntil(now), count, lease: randomUUID() })
  }

  async function loop() {
    while (!lifecycle.signal.aborted) {
      const claims = await claimFree().catch((err: unknown) => {
        deps.log.warn({ err }, 'saga is waiting')
        return []
      })
      for (const claim of claims) {
        const drive = runInTrace(continueTrace(null), () =>
          driveRequest(deps, counters, claim, lifecycle.signal),
        )
        driving.add(drive)
        void drive.finally(() => driving.delete(drive))
      }
      await deps.alarm.wait(deps.sagaPollMs, lifecycle.signal)
    }
    await Promise.all(driving)
  }

  // A hold may have been released.
  const stopListening = deps.policies.onChange((tenantId) => {
    hasten(deps.db, tenantId, deps.clock.now())
      .then(() => deps.alarm.ring())
      .catch((err: unknown) => deps.log.warn({ err }, 'erasures that may be on hold wait for their time'))
  })
  lifecycle.onStop('saga-wakening', stopListening)
  const finished = loop()
  lifecycle.onStop('saga', () => finished)
}

const drivesMax = 4
