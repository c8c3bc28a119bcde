import type { LiveEvent } from '@candor/contracts/chat/schemas'
import type { ErrorReason } from '@candor/contracts/errors'
import type { Unsubscribable } from '@trpc/server/observable'
import { defaultBackoff, delayMsOf } from './backoff.ts'
import type { Backoff } from './backoff.ts'
import { findErrorData } from './call-error.ts'
import type { Candor } from './create-candor.ts'

/**
 * Holds one `live` stream open for ever: a cut, silent or completed one is opened again from `position()`, after a
 * growing delay or at once when the device is back online. Only a refusal that waiting can't cure ends it.
 */
export function keepLive(candor: Candor, options: LiveOptions): LiveConnection {
  const backoff = options.backoff ?? defaultBackoff
  let stream: Unsubscribable | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let attempt = 0
  let liveSinceMs: number | null = null
  let isStopped = false
  /** Counts streams, so that what an old one still says is not taken for the new one's. */
  let generation = 0

  globalThis.addEventListener?.('online', restart)
  connect()
  return { stop, end, lost, retryNow }

  function connect(): void {
    const mine = ++generation
    const isCurrent = () => mine === generation && !isStopped
    const fail = (error: unknown) => {
      if (isCurrent()) lost(error)
    }
    const isServed = () => {
      if (!isCurrent() || liveSinceMs !== null) return
      liveSinceMs = Date.now()
      options.onConnection?.({ status: 'live' })
    }
    let handled = Promise.resolve()
    options.onConnection?.({ status: 'connecting', attempt })
    const opened = candor.chat.live.subscribe(
      { conversationId: options.conversationId, lastEventId: options.position() },
      {
        onStarted: () => {
          clearTimeout(timer)
          timer = setTimeout(isServed, refusalMs)
        },
        onData: ({ data }) => {
          isServed()
          handled = handled.then(() => (isCurrent() ? options.onEvent(data) : undefined)).catch(fail)
        },
        onConnectionStateChange: (state) => {
          if (state.state === 'connecting' && state.error) fail(state.error)
        },
        onError: fail,
        onComplete: () => fail(new Error('The stream was completed')),
      },
    )
    // It may fail, or be stopped by `onConnection`, before `subscribe` has returned it.
    if (isCurrent()) stream = opened
    else opened.unsubscribe()
  }

  function lost(error: unknown): void {
    if (isStopped) return
    const data = findErrorData(error)
    const liveMs = liveSinceMs === null ? null : Date.now() - liveSinceMs
    if (data !== null && isFinal(data.reason, liveMs !== null)) return end(data.reason)
    attempt = liveMs !== null && liveMs > steadyMs ? 1 : attempt + 1
    disconnect()
    const delayMs = Math.max(delayMsOf(attempt, backoff), (data?.retryAfterSeconds ?? 0) * 1000)
    timer = setTimeout(connect, delayMs)
    options.onConnection?.({ status: 'waiting', attempt, delayMs })
  }

  function retryNow(): void {
    if (stream === null) restart()
  }

  function restart(): void {
    if (isStopped) return
    disconnect()
    connect()
  }

  function disconnect(): void {
    generation++
    liveSinceMs = null
    clearTimeout(timer)
    stream?.unsubscribe()
    stream = null
  }

  function stop(): void {
    isStopped = true
    globalThis.removeEventListener?.('online', restart)
    disconnect()
  }

  function end(reason: EndReason): void {
    if (isStopped) return
    stop()
    options.onConnection?.({ status: 'ended', reason })
  }
}

export interface LiveOptions {
  /** Without it: the inbox of the caller's business. */
  conversationId?: string
  /** The event id to resume after. */
  position: () => string | null
  /** Called for one event at a time. A rejection counts as a lost connection. */
  onEvent: (event: LiveEvent) => void | Promise<void>
  onConnection?: (state: ConnectionState) => void
  backoff?: Backoff
}

export interface LiveConnection {
  /** Ends it without a word to `onConnection`. */
  stop(): void
  /** Ends it and says why. */
  end(reason: EndReason): void
  /** Treats the connection as lost, or ended, by this error. */
  lost(error: unknown): void
  /** Cuts a wait short, for a "try now" button. */
  retryNow(): void
}

export type ConnectionState =
  | { status: 'connecting'; attempt: number }
  | { status: 'live' }
  | { status: 'waiting'; attempt: number; delayMs: number }
  | { status: 'ended'; reason: EndReason }

/** `gone`: the conversation was erased or has expired while we followed it. */
export type EndReason = ErrorReason | 'gone'

/** A stream that lived this long was a good one: the next failure starts with a short delay again. */
const steadyMs = 5_000

/** tRPC opens a stream before it knows whether to refuse it; the refusal follows within this time. */
const refusalMs = 300

const finalReasons: ErrorReason[] = [
  'not-found',
  'forbidden',
  'bad-input',
  'bad-credentials',
  'no-such-procedure',
  'wrong-method',
]

/** A token may end while its stream runs: the next connect brings a new one. Refused at connect, there is none. */
function isFinal(reason: ErrorReason, wasLive: boolean): boolean {
  return finalReasons.includes(reason) || (reason === 'not-signed-in' && !wasLive)
}
