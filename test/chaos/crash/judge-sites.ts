import type { Armory } from './armory.ts'
import { notMet } from './not-met.ts'

/** What became of the crash points: of those in the source, `listed`, and of others that somebody came to. */
export function judgeSites(armory: Armory, listed: readonly string[]): Judged {
  const armed = new Set(armory.armed())
  const reached = armory.reached()
  const left = reached.filter((site) => armed.has(site) || isUnlisted(site))
  const unmet = listed.filter((site) => !reached.includes(site))
  return {
    killed: reached.length - left.length,
    left,
    unmet: unmet.filter((site) => !(site in notMet)),
    excused: unmet.filter((site) => site in notMet).length,
  }
}

function isUnlisted(site: string): boolean {
  return /, unlisted$|in an unknown place$/.test(site)
}

interface Judged {
  killed: number
  /** Come to, and nobody died. */
  left: string[]
  /** In the source, and nobody came to it. */
  unmet: string[]
  /** The same with a reason. */
  excused: number
}
