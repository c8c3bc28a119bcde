import type { ClauseId } from '@candor/policy/packs'
import type { InsideWorld, World } from './world.ts'

/**
 * Shows one promise on a running platform. Each instant it yields is waited for: the platform's clock stands there
 * when it goes on. What it returns is the evidence; what it throws shows the promise broken.
 */
export type Probe = {
  readonly clause: ClauseId
  /** What of the promise it does not show: then what it sees proves nothing broken, and nothing kept. */
  readonly lacks?: string
} & (
  | { readonly needsInside: false; readonly show: (world: World) => Steps }
  /** It looks into databases, streams and logs, or moves time: a platform somewhere else does not let it. */
  | { readonly needsInside: true; readonly show: (world: InsideWorld) => Steps }
)

export type Steps = AsyncIterator<Date, string, void>

/** A promise that shows at once, through the public API and the pages alone. */
export function probe(clause: ClauseId, show: (world: World) => Promise<string>): Probe {
  return { clause, show: (world) => atOnce(() => show(world)), needsInside: false }
}

/** A promise that shows at once, to somebody who can look into every store. */
export function insideProbe(clause: ClauseId, show: (world: InsideWorld) => Promise<string>): Probe {
  return { clause, show: (world) => atOnce(() => show(world)), needsInside: true }
}

/** A promise that takes time to show. */
export function slowProbe(clause: ClauseId, show: (world: InsideWorld) => Steps): Probe {
  return { clause, show, needsInside: true }
}

/** A promise of which a part can be shown: it stays unproven, and is told with what is missing. */
export function inPart(shown: Probe, lacks: string): Probe {
  return { ...shown, lacks }
}

function atOnce(show: () => Promise<string>): Steps {
  return { next: async () => ({ done: true, value: await show() }) }
}
