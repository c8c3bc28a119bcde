import type { Deps } from '../domain/deps.ts'
import { extendLease, lockClaim } from '../store/saga-queue.ts'
import type { Claim } from '../store/saga-queue.ts'
import type { Database } from '../store/tables.ts'
import type { Transaction } from 'kysely'

/** How long an erasure waits for a driver that was killed. */
const leaseMs = 15_000

export function leasedUntil(now: Date): Date {
  return new Date(now.getTime() + leaseMs)
}

/** Keeps a claim's lease up until disposed. */
export function keepLease(deps: Deps, claim: Claim): Disposable {
  const timer = setInterval(() => {
    // A renewal that fails is noticed where it counts: nothing is recorded without the lease.
    void extendLease(deps.db, claim, leasedUntil(deps.clock.now())).catch(() => {})
  }, leaseMs / 3)
  return { [Symbol.dispose]: () => clearInterval(timer) }
}

/** Lets a transaction go on only while the claim is this driver's, and keeps the lease up. */
export async function holdLease(trx: Transaction<Database>, claim: Claim, now: Date): Promise<void> {
  if (!(await lockClaim(trx, claim, leasedUntil(now)))) throw new LeaseLostError()
}

/** Another replica drives the erasure now; this one has nothing more to do with it. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError'
}
