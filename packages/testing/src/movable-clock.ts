import type { Clock } from '@candor/runtime/clock'

/** Business time that stands still until the test moves it. Without a start it begins at the present. */
export function movableClock(start?: string): MovableClock {
  let at = start === undefined ? Date.now() : Date.parse(start)
  return {
    now: () => new Date(at),
    advance: (ms) => void (at += ms),
    set: (time) => void (at = Date.parse(time)),
  }
}

export interface MovableClock extends Clock {
  advance(ms: number): void
  set(time: string): void
}

export const second = 1_000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour
