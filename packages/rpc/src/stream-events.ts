import type { AnyProcedure } from '@candor/contracts/contract'
import type { Lifecycle } from '@candor/runtime/lifecycle'
import { runInTrace } from '@candor/runtime/trace'
import type { Authentication, Call } from './call.ts'
import { explainError } from './explain-error.ts'
import type { PerformOptions, TrpcCall } from './perform.ts'
import { ServiceError } from './service-error.ts'

/** How often a quiet stream says that it is there, and how long a client waits for that. */
export const pingEveryMs = 10_000
export const reconnectAfterMs = 25_000

export interface StreamEvent<T> {
  /** Where a client that saw this event resumes. */
  readonly id: string
  readonly shared: Shared<T>
}

/** What may be said to any number of readers: it is checked and encoded for the first of them. */
export interface Shared<T> {
  readonly data: T
  /** As the contract lets it out. */
  checked?: unknown
  /** The same as JSON. */
  text?: string
}

export function share<T>(data: T): Shared<T> {
  return { data, checked: undefined, text: undefined }
}

/** Says something to whoever reads, and answers once there is room for more. Throws when the stream is over. */
export type Send<T> = (events: readonly StreamEvent<T>[]) => Promise<void> | void

/** Where a stream goes: what takes its events, and tells when nobody is there to take them. */
export interface Sink {
  readonly take: Send<unknown>
  readonly onGone: (then: () => void) => void
}

/** Runs until the stream has said all it has to say. Throws whatever else ends it. */
export type Stream = (sink: Sink) => Promise<void>

/**
 * Opens streams that check what their handler sends. When its time is over, its caller's session ends or the process
 * stops, a stream throws instead of returning: a return would tell tRPC clients that it is over for good. One that breaks
 * off is observed as a call that failed.
 */
export function createStreams(
  options: Pick<PerformOptions, 'observe' | 'stopping' | 'leaving' | 'sessions' | 'countStreams'>,
) {
  const { observe, stopping, leaving, sessions, countStreams } = options
  const ends = new Set<() => void>()
  leaving?.leaving.addEventListener('abort', () => {
    for (const end of ends) setTimeout(end, endAfterMs(leaving.drainAfterMs)).unref()
  })
  stopping.addEventListener('abort', () => ends.forEach((end) => end()))

  return (row: AnyProcedure, handle: Handle, input: unknown, call: Call, { path, ctx }: TrpcCall): Stream =>
    async ({ take, onGone }) => {
      const over = new AbortController()
      const { signal } = over
      const end = () => over.abort()
      const send: Send<unknown> = (events) => {
        signal.throwIfAborted()
        if (events.length === 0) return
        for (const { shared } of events) shared.checked ??= row.output.parse(shared.data)
        return take(events)
      }
      const forgetEnd = sessions?.onEnd(call.caller, end)
      const lifetime = setTimeout(end, lifetimeMs(ctx.authentication))
      ends.add(end)
      countStreams?.(1)
      onGone(end)
      if (stopping.aborted) end()
      try {
        await runInTrace(ctx.trace, () => handle(input, { ...call, signal: () => signal }, send))
        if (!signal.aborted) return
      } catch (thrown) {
        const failing = () => Promise.reject(explainError(thrown))
        // That it was opened has long been counted.
        if (!signal.aborted)
          await runInTrace(ctx.trace, () =>
            observe({ procedure: path, kind: row.kind, door: ctx.door }, failing),
          )
      } finally {
        clearTimeout(lifetime)
        forgetEnd?.()
        ends.delete(end)
        countStreams?.(-1)
      }
      throw new ServiceError('unavailable', 'this stream has ended; connect again')
    }
}

/**
 * When a stream of a process that is leaving ends: at a moment of its own, so that not all readers connect again at once,
 * and in the second half of the time, when most are sent to another.
 */
function endAfterMs(drainAfterMs: number): number {
  return (drainAfterMs * (1 + Math.random())) / 2
}

/** A process's announcement that it will stop, and how long that takes. */
export type Leaving = Pick<Lifecycle, 'leaving' | 'drainAfterMs'>

type Handle = (input: unknown, call: Call, send: Send<unknown>) => Promise<void>

/** A stream ends when its access token does, and its client connects again with a fresh one or not at all. */
function lifetimeMs(authentication: Authentication): number {
  const { validForMs = lifetimeMsMax } = 'refused' in authentication ? {} : authentication
  return Math.min(validForMs, lifetimeMsMax)
}

const lifetimeMsMax = 10 * 60_000
