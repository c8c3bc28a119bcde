import { isRetryable } from './call-error.ts'

/**
 * Reports how far somebody has received and read: only forward, and several steps as one. What no service took is reported
 * again until it is; after `stop` what has been reached is reported once.
 */
export function createReadMarks(
  report: (mark: Mark) => Promise<unknown>,
  { gatherMs = 250, againMs = 3_000 } = {},
): ReadMarks {
  const latest = { delivered: 0, read: 0 }
  const reported = { delivered: 0, read: 0 }
  let timer: ReturnType<typeof setTimeout> | undefined
  let isUnderWay = false
  let isStopped = false

  const next = () => states.find((state) => latest[state] > reported[state])

  function later(ms: number): void {
    if (next() && !isUnderWay) timer ??= setTimeout(flush, ms)
  }

  async function flush(): Promise<void> {
    timer = undefined
    const state = next()!
    const seq = latest[state]
    isUnderWay = true
    const isTaken = await report({ seq, state }).then(
      () => true,
      (err: unknown) => !isRetryable(err),
    )
    isUnderWay = false
    if (isTaken) {
      reported[state] = seq
      // What is read has also been delivered.
      reported.delivered = Math.max(reported.delivered, seq)
    }
    if (isTaken) later(0)
    else if (!isStopped) later(againMs)
  }

  return {
    reached(seq, state) {
      latest[state] = Math.max(latest[state], seq)
      later(gatherMs)
    },
    stop() {
      isStopped = true
    },
  }
}

export interface ReadMarks {
  reached(seq: number, state: Mark['state']): void
  stop(): void
}

interface Mark {
  seq: number
  state: 'delivered' | 'read'
}

const states = ['read', 'delivered'] as const
