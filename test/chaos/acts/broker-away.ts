import { setTimeout as delay } from 'node:timers/promises'
import { waitUntil } from '@candor/local/processes/wait-until'
import { tellProblem } from '../check/tell-problem.ts'
import { startTraffic } from '../load/traffic.ts'
import type { Act } from './act.ts'

/**
 * Nobody reaches the broker while messages are written, for longer than an access token lasts: no write fails or waits for
 * it, and all that follows is caught up.
 */
export const brokerAway: Act = {
  name: 'broker away',
  async play(platform, { form, signal, say }) {
    const lines = Object.entries(platform.lines).flatMap(([name, line]) =>
      name.endsWith('-nats') ? [line] : [],
    )
    const [messages, awayMs] = form === 'long' ? [20_000, 600_000] : [1_000, 5_000]
    const pauseMs = form === 'long' ? (awayMs * writers) / messages : 0
    await using traffic = await startTraffic(platform, { messages, pauseMs, signal })
    await traffic.untilStored(messages / 100)
    const startedAt = performance.now()
    for (const line of lines) line.unplug()
    await traffic.written
    await delay(Math.max(0, awayMs - (performance.now() - startedAt)), undefined, { signal }).catch(() => {})
    const awayFor = performance.now() - startedAt
    for (const line of lines) line.plugIn()
    say(`${traffic.stored()} stored with nobody at the broker; it is back after ${awayFor.toFixed(0)} ms`)
    const backAt = performance.now()
    const isCaughtUp = async () => signal.aborted || (await traffic.counted()) === traffic.stored()
    await waitUntil('all to be caught up', isCaughtUp, { deadlineMs: 120_000, everyMs: 100 }).catch(() => {})
    const tookMs = performance.now() - backAt
    const problems = signal.aborted ? [] : (await traffic.compare({ stuckMs: 30_000 })).map(tellProblem)
    const failed = traffic.unanswered()
    const why = traffic.whyUnanswered().join('; ')
    if (failed > 0) problems.push(`${failed} sendings failed while the broker was away: ${why}`)
    // On a machine that does other things besides, the short form only tells.
    if (form === 'long' && tookMs > caughtUpMs)
      problems.push(`caught up after ${(tookMs / 1000).toFixed(0)} s`)
    return {
      summary: `${traffic.stored()} messages in ${(awayFor / 1000).toFixed(0)} s without it; caught up after ${(tookMs / 1000).toFixed(1)} s`,
      problems,
    }
  },
}

const caughtUpMs = 30_000
/** Two a conversation. */
const writers = 40
