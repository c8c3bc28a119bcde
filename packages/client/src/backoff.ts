/** Capped exponential delays of which half is chance, so that clients cut off together don't return together. */
export interface Backoff {
  baseMs: number
  capMs: number
}

export const defaultBackoff: Backoff = { baseMs: 500, capMs: 15_000 }

/** How long to wait before try number `attempt`, counted from 1. */
export function delayMsOf(attempt: number, { baseMs, capMs }: Backoff): number {
  const fullMs = Math.min(capMs, baseMs * 2 ** Math.min(attempt - 1, 30))
  return fullMs / 2 + (Math.random() * fullMs) / 2
}
