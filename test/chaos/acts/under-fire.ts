import { createRandom } from '@candor/testing/long-form'
import { tellProblem } from '../check/tell-problem.ts'
import { startTraffic } from '../load/traffic.ts'
import { createNemesis } from '../nemesis/nemesis.ts'
import type { Act } from './act.ts'

/**
 * Messages are written and read while parts of the platform are killed, paused and cut off, evenly over the messages. On
 * the way the broker's files are set back to an older copy, and once they are deleted.
 */
export const underFire: Act = {
  name: 'under fire',
  async play(platform, { form, seed, signal, say }) {
    const [messages, faults] = sizes[form]
    await using traffic = await startTraffic(platform, { messages, signal })
    const nemesis = createNemesis(platform, createRandom(seed))
    const broker = platform.broker
    const special: Record<number, [string, () => void]> = {
      [Math.round(faults / 4)]: ["copy the broker's files", broker.copyStore],
      [Math.round(faults / 2)]: ['set the broker back to the copy', broker.rollBackStore],
      [Math.round((faults * 3) / 4)]: ["delete the broker's files", broker.deleteStore],
    }
    const struck: string[] = []
    for (let fault = 1; fault <= faults; fault++) {
      await traffic.untilStored((fault * messages) / (faults + 1))
      if (signal.aborted) break
      const [name, strike] = special[fault] ?? []
      strike?.()
      struck.push(name ?? (await nemesis.strike()))
      say(`${String(traffic.stored()).padStart(7)} stored; ${struck.at(-1)}`)
    }
    await traffic.written
    await nemesis.over()
    if (!signal.aborted) say(`${String(traffic.stored()).padStart(7)} stored; comparing`)
    const problems = signal.aborted ? [] : await traffic.compare({ stuckMs: 30_000 })
    const kills = struck.filter((one) => one.startsWith('kill')).length + 3
    return {
      summary: `${traffic.stored()} messages, ${struck.length} faults of which ${kills} kills; ${traffic.unanswered()} sendings unanswered and sent again`,
      problems: problems.map(tellProblem),
    }
  },
}

/** How many messages are written under how many faults. */
const sizes = { long: [200_000, 1_000], short: [10_000, 50], part: [1_500, 8] } as const
