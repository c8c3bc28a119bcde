import { ServiceError } from '@candor/rpc/service-error'
import type { Clock } from '@candor/runtime/clock'

/**
 * Counts what each key does within an hour and refuses beyond `max`. It lives in memory: network addresses are kept
 * nowhere else. Each replica counts for itself.
 */
export function createThrottle(clock: Clock, max: number): Throttle {
  const windows = new Map<string, { since: number; count: number }>()
  return {
    take(key) {
      const now = clock.now().getTime()
      const current = windows.get(key)
      const window = current && now - current.since < hourMs ? current : { since: now, count: 0 }
      if (window.count >= max) throw tooMany(window.since + hourMs - now)
      window.count++
      // Set anew, the map stays in order of use and its first key is the one to forget.
      windows.delete(key)
      windows.set(key, window)
      if (windows.size > keysMax) windows.delete(windows.keys().next().value!)
    },
  }
}

export interface Throttle {
  take(key: string): void
}

export const hourMs = 3_600_000
const keysMax = 50_000

export function tooMany(waitMs: number): ServiceError {
  const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1_000))
  return new ServiceError('too-many', 'too many tries; wait a while', { retryAfterSeconds })
}
