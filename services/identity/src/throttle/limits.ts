import type { Guesses } from '../store/guesses.ts'

/**
 * `guesses`: some are free, then each next one waits twice as long as the one before. `rate`: so many in an hour,
 * then none until the hour is over.
 */
export type Limit =
  | { readonly kind: 'guesses'; readonly free: number; readonly delayMaxSeconds: number }
  | { readonly kind: 'rate'; readonly perHourMax: number }

/** The counter after one more attempt. */
export function countAttempt(limit: Limit, before: Guesses, now: Date): Guesses {
  const over = before.expiresAt <= now
  const count = over ? 1 : before.count + 1
  if (limit.kind === 'rate') {
    const expiresAt = over ? later(now, 3_600) : before.expiresAt
    return { count, expiresAt, blockedUntil: count < limit.perHourMax ? longAgo : expiresAt }
  }
  const delaySeconds = count < limit.free ? 0 : Math.min(2 ** (count - limit.free), limit.delayMaxSeconds)
  const blockedUntil = delaySeconds === 0 ? longAgo : later(now, delaySeconds)
  return { count, expiresAt: later(now, forgetGuessesAfterSeconds), blockedUntil }
}

/** Not this moment: for who asks at the same time and waited for the counter, this moment is still to come. */
export const longAgo = new Date(0)

/** Counted from the last one: longer than any delay, so that waiting one out wins nothing. */
const forgetGuessesAfterSeconds = 86_400

function later(time: Date, seconds: number): Date {
  return new Date(time.getTime() + seconds * 1000)
}
