import { waitUntil } from '@candor/local/processes/wait-until'
import { createRandom, shuffle } from '@candor/testing/long-form'
import { tellProblem } from '../check/tell-problem.ts'
import { createDeeds } from '../deeds/deeds.ts'
import type { Deed } from '../deeds/deeds.ts'
import { letGoOfTheDead } from '../deeds/let-go-of-the-dead.ts'
import { openPlace } from '../deeds/open-place.ts'
import { playDeeds } from '../deeds/play-deeds.ts'
import type { Waiting } from '../deeds/play-deeds.ts'
import { doRareDeeds } from '../deeds/rare-deeds.ts'
import { startTraffic } from '../load/traffic.ts'
import { readParked } from '../read-parked.ts'
import { readUnfinished } from '../read-unfinished.ts'
import { startAllAgain } from './crash-play.ts'
import type { CrashPlay } from './crash-play.ts'
import { judgeSites } from './judge-sites.ts'
import { listSites } from './modules.ts'

/**
 * Arms every crash point there is; whoever comes to one first dies of it. All deeds are done at the present, again where
 * somebody died in their way; then time moves, and those go on that waited for it.
 */
export async function playEverySite({ platform, armory, url, seed, signal, say }: CrashPlay) {
  await using held = new AsyncDisposableStack()
  let offsetMs = 0
  const now = () => new Date(Date.now() + offsetMs)
  held.use(letGoOfTheDead(platform))
  const deeds = createDeeds(await openPlace(platform, { url, now, held }))
  const writing = new AbortController()
  const stop = AbortSignal.any([writing.signal, signal])
  await using traffic = await startTraffic(platform, {
    messages: 1_000_000,
    // A conversation takes 10,000.
    conversations: 20,
    pauseMs: 100,
    signal: stop,
  })
  const listed = listSites()
  const judge = () => judgeSites(armory, listed)
  let waiting: Waiting[] = []
  const left = () => judge().left
  const tell = (what: string) => say(`${what}; ${judge().killed} killed, ${left().length} to come`)
  /** Until no other process has died for a while, or none is left to. */
  async function untilCalm(): Promise<void> {
    for (let before = -1; before < judge().killed && !signal.aborted;) {
      before = judge().killed
      const goesOn = () => judge().killed > before || left().length === 0 || signal.aborted
      await waitUntil('another to die', goesOn, { deadlineMs: calmMs, everyMs: 200 }).catch(() => {})
    }
  }

  async function play(some: readonly (Deed | Waiting)[], mostMs: number): Promise<void> {
    const late = new AbortController()
    const timer = setTimeout(() => late.abort(), mostMs)
    const onBrokenOff = (name: string, why: string) => tell(`${name} broke off, ${why.slice(0, 120)}`)
    const deaths = () => judge().killed
    const inTime = AbortSignal.any([signal, late.signal])
    waiting.push(...(await playDeeds(some, { sideBySide, deaths, signal: inTime, onBrokenOff })))
    clearTimeout(timer)
  }

  armory.arm(listed.flatMap((site) => [site, site.replace('before commit', 'after commit')]))
  startAllAgain(platform)
  await untilCalm()
  tell('all have started')
  await play(shuffle(deeds, createRandom(seed)), presentMs)
  tell('all is done that can be done at once')
  startAllAgain(platform)
  await untilCalm()
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
    waiting = waiting.filter((one) => !due.includes(one))
    await play([...due, ...deeds.slice(0, 3)], laterEachMs)
    await untilCalm()
    tell(`${laterMs / day} days later`)
  }
  problems.push(...(await readParked(platform)))
  const isLeft = () => [judge().left, judge().unmet].flat().length > 0
  for (let times = 0; times < rareTimesMax && isLeft() && !signal.aborted; times++) {
    await doRareDeeds(platform)
    startAllAgain(platform)
    await untilCalm()
    tell('what is rare has happened')
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
    )
  return {
    summary: `${killed} crash points killed their process, ${excused} are excused; ${traffic.stored()} messages`,
    problems,
  }
}

const sideBySide = 6
const calmMs = 10_000
/** No deed is begun after so long: what is still armed then is told. */
const presentMs = 20 * 60_000
const laterEachMs = 5 * 60_000
/** Where several notice at once, it kills one of them. */
const rareTimesMax = 3
const day = 86_400_000
/** Invitations and proofs have run out, then what is kept for a year, then what a law keeps. */
const later = [8 * day, 400 * day, 4_100 * day]
