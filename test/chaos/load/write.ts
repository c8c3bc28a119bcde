import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { delayMsOf } from '@candor/client/backoff'
import { isRetryable } from '@candor/client/call-error'
import type { Candor } from '@candor/client/create-candor'
import type { Entry } from '../check/history.ts'

/**
 * Writes `count` texts one after the other, `writer-counter` each, and sends one again under the same
 * `clientMessageId` until it is answered, as clients do. Interrupted, it leaves off.
 */
export async function write(options: {
  candor: Candor
  conversation: string
  writer: string
  count: number
  history: Entry[]
  signal: AbortSignal
  onStored: () => void
  /** Between one that was answered and the next. */
  pauseMs?: number
}): Promise<void> {
  const { candor, conversation, history, signal, pauseMs = 0 } = options
  for (let counter = 1; counter <= options.count && !signal.aborted; counter++) {
    const text = `${options.writer}-${counter}`
    const input = { conversationId: conversation, clientMessageId: randomUUID(), text }
    let attempt = 0
    for (let answered = false; !answered && !signal.aborted;) {
      history.push({ type: 'invoke', conversation, text })
      try {
        const { seq } = await candor.chat.postMessage.mutate(input)
        history.push({ type: 'ok', conversation, text, seq })
        options.onStored()
        answered = true
        if (pauseMs > 0) await delay(pauseMs, undefined, { signal }).catch(() => {})
      } catch (err) {
        answered = !isRetryable(err)
        const why = (err as Error).message
        history.push(
          answered ? { type: 'fail', conversation, text } : { type: 'info', conversation, text, why },
        )
        if (!answered) await delay(delayMsOf(++attempt, backoff), undefined, { signal }).catch(() => {})
      }
    }
  }
}

const backoff = { baseMs: 200, capMs: 2_000 }
