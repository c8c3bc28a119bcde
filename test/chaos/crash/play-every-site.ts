import { waitUntil } from '@candor/local/processes/wait-until'
import { tellProblem } from '../check/tell-problem.ts'
import { createDeeds } from '../deeds/deeds.ts'
import type { Deed } from '../deeds/deeds.ts'
import { openPlace } from '../deeds/open-place.ts'
import { playDeeds } from '../deeds/play-deeds.ts'
import type { Waiting } from '../deeds/play-deeds.ts'
import { startTraffic } from '../load/traffic.ts'
import { readParked } from '../read-parked.ts'
import { readUnfinished } from '../read-unfinished.ts'
import { startAllAgain } from './crash-play.ts'
import type { CrashPlay } from './crash-play.ts'
import { judgeSites } from './judge-sites.ts'
import { listSites } from './modules.ts'

/**
 * Arms every crash point there is; whoever comes to one first dies of it. All deeds are done at the present, and those that
 * broke off are done again; then time moves, and those go on that waited for it.
 */
export async function playEverySite({ platform, armory, url, signal, say }: CrashPlay) {
  await using held = new AsyncDisposableStack()
  let offsetMs = 0
  const now = () => new Date(Date.now() + offsetMs)
  const deeds = createDeeds(await openPlace(platform, { url, now, held }))
  const writing = new AbortController()
  const stop = AbortSignal.any([writing.signal, signal])
  await using traffic = await startTraffic(platform, { messages: 1_000_000, conversations: 5, signal: stop })
  const listed = listSites()
  const judge = () => judgeSites(armory, listed)
  armory.arm(listed.flatMap((site) => [site, site.replace('before commit', 'after commit')]))
  const waiting: Waiting[] = []
  const left = () => judge().left
  const tell = (what: string) => say(`${what}; ${judge().killed} killed, ${left().length} to come`)
  const areKilled = () => left().length === 0 || signal.aborted
  const untilKilled = () =>
    waitUntil('those come to', areKilled, { deadlineMs: 60_000, everyMs: 200 }).catch(() => {})

  /** Answers those that broke off. */
  async function play(some: readonly (Deed | Waiting)[]): Promise<Deed[]> {
    const brokenOff: string[] = []
    const onBrokenOff = (name: string, why: string) => {
      brokenOff.push(name)
      tell(`${name} broke off, ${why.slice(0, 120)}`)
    }
    waiting.push(...(await playDeeds(some, { sideBySide: 4, signal, onBrokenOff })))
    return deeds.filter(({ name }) => brokenOff.includes(name))
  }

  startAllAgain(platform)
  await untilKilled()
  tell('all have started')
  let again = deeds
  for (let round = 1; round <= rounds && again.length > 0 && !signal.aborted; round++) {
    again = await play(again)
    tell(`round ${round} of all deeds, ${again.length} broke off`)
  }
  startAllAgain(platform)
  await untilKilled()
  writing.abort()
  await traffic.written
  const problems = signal.aborted ? [] : (await traffic.compare({ stuckMs: 60_000 })).map(tellProblem)
  tell(`${traffic.stored()} messages compared`)

  for (const laterMs of later) {
    if (signal.aborted) break
    offsetMs = laterMs
    armory.setClock(laterMs)
    startAllAgain(platform)
    const due = waiting.filter(({ until }) => until <= now())
    waiting.splice(0, waiting.length, ...waiting.filter((one) => !due.includes(one)))
    await play([...due, ...deeds.slice(0, 3)])
    await untilKilled()
    tell(`${laterMs / day} days later`)
  }
  const { killed, left: unkilled, unmet, excused } = judge()
  armory.disarm()
  const unfinished = () => readUnfinished(platform, now())
  const isFinished = async () => signal.aborted || (await unfinished()).length === 0
  await waitUntil('all that was begun', isFinished, { deadlineMs: 120_000, everyMs: 500 }).catch(() => {})
  if (!signal.aborted)
    problems.push(
      ...unkilled.map((site) => `nobody died ${site}`),
      ...unmet.map((site) => `nobody came to what is ${site}`),
      ...(await unfinished()),
      ...(await readParked(platform)),
    )
  return {
    summary: `${killed} crash points killed their process, ${excused} are excused; ${traffic.stored()} messages`,
    problems,
  }
}

const rounds = 3
const day = 86_400_000
/** Invitations and proofs have run out, then what is kept for a year, then what a law keeps. */
const later = [8 * day, 400 * day, 4_100 * day]
