import type { Door } from '@candor/local/stack/ports'
import { tellProblem } from '../chaos/check/tell-problem.ts'
import { openBusiness } from '../chaos/load/open-business.ts'
import { startTraffic } from '../chaos/load/traffic.ts'
import { patienceMs, questionsOf } from './ask.ts'
import { startLoad } from './load.ts'
import { roll } from './roll.ts'
import type { Replicas } from './start-replicas.ts'

/**
 * Restarts services, those of a wave side by side, while so many requests a second are made of all of them and people write to
 * each other and read it live. Answers what was done, and everything that went wrong.
 */
export async function playRolling(replicas: Replicas, { waves, restarts, perSecond, atEnd }: RollOptions) {
  const rolled = waves.flat()
  const ending = new AbortController()
  const { signal } = ending
  const asking = await openBusiness(replicas.url, 1)
  await using traffic = await startTraffic(replicas, {
    messages: Infinity,
    conversations: 5,
    readersEach: 2,
    pauseMs: 500,
    patienceMs,
    signal,
  })
  const load = startLoad(await questionsOf(replicas, asking), { doors: rolled, perSecond })
  const problems: string[] = []
  for (const wave of waves) await Promise.all(wave.map(rollOften))
  if (atEnd) {
    await atEnd()
    await traffic.untilStored(traffic.stored() + 40)
  }
  const { asked, failed, p99Ms, ...made } = await load.stop()
  ending.abort()
  await traffic.written
  const found = await traffic.compare({ stuckMs: 10_000 })
  problems.push(
    ...new Set(failed),
    ...found.map(tellProblem),
    ...traffic.whyUnanswered(),
    ...replicas.unexpected,
  )
  return {
    problems,
    summary:
      `${restarts} restarts of ${rolled.join(', ')}: ${asked} requests, ${made.perSecond.toFixed(0)} a second, ` +
      `${failed.length} failed, 99 of 100 within ${p99Ms.toFixed(0)} ms; ${traffic.stored()} messages written, ` +
      `${traffic.unanswered()} unanswered, ${found.length} lost, doubled or out of order`,
  }

  async function rollOften(door: Door): Promise<void> {
    let replica = replicas.first[door]
    for (let done = 0; done < restarts; done++) {
      const { next, problem } = await roll(replicas, replica)
      replica = next
      if (problem) problems.push(problem)
    }
    replicas.first[door] = replica
  }
}

interface RollOptions {
  waves: readonly (readonly Door[])[]
  /** Of each service. */
  restarts: number
  /** Requests, of all of them together. */
  perSecond: number
  /** What else is done at the end, under the same load, which goes on for a while. */
  atEnd?: () => Promise<void>
}
