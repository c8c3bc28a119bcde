import type { ServiceName } from '@candor/contracts/callers'
import type { Held } from '@candor/contracts/data-holder'

/** All that may be erased now is; the rest is on hold, and the erasure stays open until that ends. */
export class HeldError extends Error {
  override readonly name = 'HeldError'
  readonly holder: ServiceName
  readonly held: readonly Held[]

  constructor(holder: ServiceName, held: readonly Held[]) {
    super(`${held.map(({ category }) => category).join(', ')} on hold in ${holder}`)
    this.holder = holder
    this.held = held
  }
}

/**
 * When to ask again: soon at first, since a service may learn of a release a moment after this one, then rarely. A
 * release wakes the erasure besides.
 */
export function askAgainAt({ held }: HeldError, attempts: number, now: Date): Date {
  const ends = held.flatMap(({ until }) => (until ? [Date.parse(until)] : []))
  const next = now.getTime() + Math.min(firstMs * 2 ** Math.max(0, attempts - 1), lastMs)
  return new Date(Math.min(next, ...ends.filter((end) => end > now.getTime())))
}

const firstMs = 1_000
const lastMs = 600_000
