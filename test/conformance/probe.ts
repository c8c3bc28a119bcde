import type { ClauseId } from '@candor/policy/packs'
import type { World } from './world.ts'

/**
 * Shows one promise on a running platform. Each instant it yields is waited for: the platform's clock stands there
 * when it goes on. What it returns is the evidence; what it throws shows the promise broken.
 */
export interface Probe {
  readonly clause: ClauseId
  readonly show: (world: World) => Steps
  /** It looks into databases, streams and logs, or moves time: a platform somewhere else does not let it. */
  readonly needsInside: boolean
}

export type Steps = AsyncIterator<Date, string, void>

/** A promise that shows at once, through the public API and the pages alone. */
export function probe(clause: ClauseId, show: (world: World) => Promise<string>): Probe {
  return { clause, show: (world) => atOnce(() => show(world)), needsInside: false }
}

/** A promise that shows at once, to somebody who can look into every store. */
export function insideProbe(clause: ClauseId, show: (world: World) => Promise<string>): Probe {
  return { ...probe(clause, show), needsInside: true }
}

/** A promise that takes time to show. */
export function slowProbe(clause: ClauseId, show: (world: World) => Steps): Probe {
  return { clause, show, needsInside: true }
}

function atOnce(show: () => Promise<string>): Steps {
  return { next: async () => ({ done: true, value: await show() }) }
}
