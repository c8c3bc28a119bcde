import { waitUntil } from '@candor/local/processes/wait-until'
import { createRandom, shuffle } from '@candor/testing/long-form'
import { furnishTenant } from '../../derived/tenants.ts'
import { tellProblem } from '../check/tell-problem.ts'
import { startTraffic } from '../load/traffic.ts'
import { startAllAgain } from './crash-play.ts'
import type { CrashPlay } from './crash-play.ts'

/** Arms some of the crash points that writing and furnishing businesses come to, all at once. */
export async function playSomeSites({ platform, armory, url, seed, signal, say }: CrashPlay) {
  const writing = new AbortController()
  const stop = AbortSignal.any([writing.signal, signal])
  await using traffic = await startTraffic(platform, { messages: 1_000_000, conversations: 5, signal: stop })
  const tenants = furnishTenants(url, stop)
  const soon = { deadlineMs: 120_000 }
  await waitUntil('a business to be furnished', () => tenants.furnished() > 0 || signal.aborted, soon)
  const reached = armory.reached()
  const chosen = shuffle(reached, createRandom(seed)).slice(0, sites)
  armory.arm(chosen)
  const areMet = () => armory.armed().length === 0 || signal.aborted
  await waitUntil('crash points', areMet, { deadlineMs: 10_000 }).catch(() => startAllAgain(platform))
  await waitUntil('crash points', areMet, { deadlineMs: 10_000 }).catch(() => {})
  const unmet = armory.armed()
  armory.disarm()
  for (const site of chosen) say(`${unmet.includes(site) ? 'not met again' : 'killed'} ${site}`)
  writing.abort()
  await Promise.all([traffic.written, tenants.over])
  const problems = signal.aborted ? [] : await traffic.compare({ stuckMs: 30_000 })
  return {
    summary: `${chosen.length - unmet.length} of ${reached.length} crash points that were come to killed their process; ${traffic.stored()} messages`,
    problems: problems.map(tellProblem),
  }
}

const sites = 8

/** One business after the other goes through everything; one that is hit by a crash may be left behind. */
function furnishTenants(url: string, signal: AbortSignal) {
  let furnished = 0
  const over = (async () => {
    for (let nth = 1; !signal.aborted; nth++) {
      const done = await furnishTenant({ url }, `canary${nth}x${Date.now()}`).then(
        () => true,
        () => false,
      )
      if (done) furnished++
    }
  })()
  return { over, furnished: () => furnished }
}
