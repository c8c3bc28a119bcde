import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { services } from '@candor/contracts/callers'
import { waitUntil } from '@candor/local/processes/wait-until'
import { createRandom } from '@candor/testing/long-form'
import { furnishTenant } from '../../derived/tenants.ts'
import { tellProblem } from '../check/tell-problem.ts'
import { startTraffic } from '../load/traffic.ts'
import { startPlatform } from '../platform/start-platform.ts'
import type { Platform } from '../platform/start-platform.ts'
import type { Act } from './act.ts'

/**
 * Every commit, publish, acknowledgement and mail that the platform comes to while messages are written and businesses go
 * through everything that belongs to one: each kills its process once, just before or after, and nothing is lost.
 */
export const crashPoints: Act = {
  name: 'crash points',
  async play(_, { form, seed, signal, say }) {
    const folder = await mkdtemp(join(tmpdir(), 'candor-crash-'))
    await using held = new AsyncDisposableStack()
    held.defer(() => rm(folder, { recursive: true, force: true }))
    const preload = join(import.meta.dirname, '../crash/crash-points.ts')
    const environment = { CHAOS_CRASH_DIR: folder, SIGN_UPS_PER_HOUR_MAX: '100000' }
    await using platform = await startPlatform({ preload, environment })
    const writing = new AbortController()
    const stop = AbortSignal.any([writing.signal, signal])
    await using traffic = await startTraffic(platform, {
      messages: 1_000_000,
      conversations: 5,
      signal: stop,
    })
    const tenants = furnishTenants(platform.url, stop)
    await waitUntil('a business to be furnished', () => tenants.furnished() > 0 || signal.aborted, {
      deadlineMs: 120_000,
    })
    const reached = () => [...new Set(read(join(folder, 'reached')).split('\n').filter(Boolean))].toSorted()
    const random = createRandom(seed)
    const byLot = reached()
      .map((site) => ({ site, lot: random() }))
      .toSorted((a, b) => a.lot - b.lot)
      .map(({ site }) => site)
    const unmet: string[] = []
    const chosen = form === 'long' ? byLot : byLot.slice(0, shortSites)
    for (const site of chosen) {
      if (signal.aborted) break
      const armed = join(folder, 'armed')
      writeFileSync(`${armed}.new`, site)
      await rename(`${armed}.new`, armed)
      const isMet = () => !existsSync(armed) || signal.aborted
      // What is not met again soon is met at a start, if at all.
      await waitUntil(site, isMet, { deadlineMs: 5_000 }).catch(() => killAll(platform))
      await waitUntil(site, isMet, { deadlineMs: 30_000 }).catch(() => unmet.push(site))
      say(`${traffic.stored()} stored; ${unmet.includes(site) ? 'not met again' : 'killed'} ${site}`)
    }
    await rm(join(folder, 'armed'), { force: true })
    writing.abort()
    await Promise.all([traffic.written, tenants.over])
    const problems = signal.aborted ? [] : await traffic.compare({ stuckMs: 30_000 })
    return {
      summary: `${chosen.length - unmet.length} of ${reached().length} crash points killed their process, ${unmet.length} were not met a second time; ${traffic.stored()} messages`,
      problems: problems.map(tellProblem),
    }
  },
}

const shortSites = 8

/** One business after the other goes through everything; one that is hit by a crash is left behind. */
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

function killAll({ children }: Platform): void {
  for (const service of services) {
    const pid = children[service]!.pid()
    if (pid !== undefined) process.kill(pid, 'SIGKILL')
  }
}

function read(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}
