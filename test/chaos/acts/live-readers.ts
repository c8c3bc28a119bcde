import { setTimeout as delay } from 'node:timers/promises'
import { createRandom } from '@candor/testing/long-form'
import { tellProblem } from '../check/tell-problem.ts'
import { startTraffic } from '../load/traffic.ts'
import { startFlakyProxy } from '../platform/flaky-proxy.ts'
import type { Act } from './act.ts'

/**
 * Many follow conversations through a proxy that answers 502 now and then, and are cut off again and again; chat is shut
 * down in between, as a roll-out does. Nobody misses a message or gets one twice.
 */
export const liveReaders: Act = {
  name: 'live readers',
  async play(platform, { form, seed, signal, say }) {
    const [readers, disconnects, messages, shutdowns] =
      form === 'long' ? [500, 5_000, 20_000, 20] : [50, 200, 1_000, 2]
    const conversations = 10
    const random = createRandom(seed)
    await using proxy = await startFlakyProxy(platform.url, random)
    await using traffic = await startTraffic(platform, {
      messages,
      conversations,
      readersEach: readers / conversations,
      readAt: proxy.url,
      signal,
    })
    for (let done = 1; done <= disconnects && !signal.aborted; done++) {
      await traffic.untilStored((done * messages) / (disconnects + 1))
      traffic.readers[Math.floor(random() * traffic.readers.length)]!.cut()
      if (done % Math.floor(disconnects / shutdowns) !== 0) continue
      const pid = platform.children.chat!.pid()
      if (pid !== undefined) process.kill(pid, 'SIGTERM')
      say(`${traffic.stored()} stored, ${done} cut off; chat is shut down`)
      await delay(100)
    }
    await traffic.written
    const problems = signal.aborted ? [] : await traffic.compare({ stuckMs: 30_000 })
    return {
      summary: `${readers} bare streams, ${disconnects} cut off, ${shutdowns} shutdowns of chat, ${proxy.refused()} answers of 502, ${traffic.stored()} messages`,
      problems: problems.map(tellProblem),
    }
  },
}
