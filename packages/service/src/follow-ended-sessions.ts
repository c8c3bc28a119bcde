import { endedSessionsMax } from '@candor/contracts/identity/schemas'
import type { EndedSession } from '@candor/contracts/identity/schemas'
import { createEndedSessions } from '@candor/rpc/ended-sessions'
import type { EndedSessions } from '@candor/rpc/ended-sessions'
import type { Clock } from '@candor/runtime/clock'
import type { Lifecycle } from '@candor/runtime/lifecycle'
import type { Log } from '@candor/runtime/logger'
import type { Metrics } from '@candor/runtime/metrics'
import { pause } from '@candor/runtime/pause'

/**
 * Learns every second which sessions identity has ended: an access token is valid by itself until it expires, and
 * nobody waits ten minutes for a sign-out. While identity is away tokens count until they expire.
 */
export function followEndedSessions(
  lifecycle: Lifecycle,
  { clock, log, metrics }: { clock: Clock; log: Log; metrics: Metrics },
  listEnded: ListEnded,
): EndedSessions {
  const { signal } = lifecycle
  const sessions = createEndedSessions()
  let after: Place | null = null
  let askedAt = clock.now()
  metrics.gauge('ended_sessions_age_seconds', 'Since identity last told which sessions ended', [], (set) =>
    set({}, (clock.now().getTime() - askedAt.getTime()) / 1_000),
  )

  async function ask(): Promise<void> {
    for (;;) {
      const { asOf, ended } = await listEnded({ after })
      for (const { sessionId, at, role } of ended) sessions.add(sessionId, { at: new Date(at), role })
      askedAt = clock.now()
      const last = ended.at(-1)
      if (ended.length < endedSessionsMax || !last) {
        // What was committed late is asked for again.
        after = { at: new Date(Date.parse(asOf) - overlapMs).toISOString(), sessionId: firstId }
        return sessions.forgetBefore(new Date(Date.parse(asOf) - tokenLifetimeMs))
      }
      after = last
    }
  }

  async function loop(): Promise<void> {
    let answers = true
    while (!signal.aborted) {
      try {
        await ask()
        answers = true
      } catch (err) {
        if (answers && !signal.aborted) log.warn({ err }, 'which sessions ended is not known')
        answers = false
      }
      await pause(askEveryMs, signal)
    }
  }

  const finished = loop()
  lifecycle.onStop('ended-sessions', () => finished)
  return sessions
}

const askEveryMs = 1_000
const overlapMs = 15_000
/** Of a session's tokens, with room for clocks that differ. */
const tokenLifetimeMs = 15 * 60_000
const firstId = '00000000-0000-0000-0000-000000000000'

interface Place {
  at: string
  sessionId: string
}

export type ListEnded = (from: { after: Place | null }) => Promise<{ asOf: string; ended: EndedSession[] }>
