import { defaultBackoff, delayMsOf } from '@candor/client/backoff'
import { findErrorData, isRetryable } from '@candor/client/call-error'
import type { PendingMessage } from './state.ts'

/**
 * Sends one message at a time, so that they arrive as they were typed. Each keeps its id through every try, so
 * that one whose answer was lost is not stored twice. After some tries in vain it waits for the visitor, or the
 * connection, to ask again.
 */
export function createSendQueue(options: SendQueueOptions): SendQueue {
  const { getPending, setPending, deliver, onRefused } = options
  let isRunning = false

  async function run(): Promise<void> {
    if (isRunning) return
    isRunning = true
    let attempt = 0
    for (;;) {
      const next = getPending().find(({ state }) => state === 'sending')
      if (next === undefined) break
      try {
        await deliver(next)
        setPending(getPending().filter((one) => one.clientMessageId !== next.clientMessageId))
        attempt = 0
      } catch (error) {
        if (!isRetryable(error)) {
          mark('failed', (one) => one.clientMessageId === next.clientMessageId)
          onRefused(error)
        } else if (++attempt === attemptsMax) mark('failed', () => true)
        else await pauseAfter(attempt, error)
      }
    }
    isRunning = false
  }

  function mark(state: PendingMessage['state'], isMeant: (one: PendingMessage) => boolean): void {
    setPending(getPending().map((one) => (isMeant(one) ? { ...one, state } : one)))
  }

  function again(isMeant: (one: PendingMessage) => boolean): void {
    mark('sending', isMeant)
    void run()
  }

  function pauseAfter(attempt: number, error: unknown): Promise<void> {
    const askedMs = (findErrorData(error)?.retryAfterSeconds ?? 0) * 1000
    const delayMs = Math.max(askedMs, delayMsOf(attempt, options.backoff ?? defaultBackoff))
    return new Promise((resolve) => setTimeout(resolve, delayMs))
  }

  return {
    run: () => void run(),
    retry: (clientMessageId) => again((one) => one.clientMessageId === clientMessageId),
    retryAll: () => again(() => true),
  }
}

export interface SendQueueOptions {
  getPending(): PendingMessage[]
  setPending(pending: PendingMessage[]): void
  deliver(message: PendingMessage): Promise<void>
  /** A message will never be taken as it is; it stands as failed. */
  onRefused(error: unknown): void
  backoff?: { baseMs: number; capMs: number }
}

export interface SendQueue {
  run(): void
  retry(clientMessageId: string): void
  retryAll(): void
}

const attemptsMax = 4
