/** Business time. Rows get their times from it, never from the database's `now()`, so that tests can move it. */
export interface Clock {
  now(): Date
}

export function systemClock(offsetMs = 0): Clock {
  return { now: () => new Date(Date.now() + offsetMs) }
}
