import type { AnyProcedure } from '@candor/contracts/contract'
import { runInTrace } from '@candor/runtime/trace'
import { tracked } from '@trpc/server'
import type { Call } from './call.ts'
import { explainError } from './explain-error.ts'
import type { PerformOptions, TrpcCall } from './perform.ts'
import { ServiceError } from './service-error.ts'

/** How often a quiet stream says that it is there, and how long a client waits for that. */
export const pingEveryMs = 10_000
export const reconnectAfterMs = 25_000

export interface StreamEvent<T> {
  /** Where a client that saw this event resumes. */
  readonly id: string
  readonly data: T
}

/**
 * Checks and frames what a stream yields. When its time is over, its caller's session ends or the process stops it throws instead of returning: a
 * return would tell tRPC clients that the stream is over for good.
 */
export async function* streamEvents(
  row: AnyProcedure,
  handler: (input: unknown, call: Call) => AsyncIterable<StreamEvent<unknown>>,
  input: unknown,
  call: Call,
  { ctx }: Pick<TrpcCall, 'ctx'>,
  { stopping, sessions }: Pick<PerformOptions, 'stopping' | 'sessions'>,
) {
  const over = new AbortController()
  const signal = AbortSignal.any([call.signal(), over.signal])
  const iterator = handler(input, { ...call, signal: () => signal })[Symbol.asyncIterator]()
  const forgetEnd = sessions?.onEnd(call.caller, () => over.abort())
  const lifetime = setTimeout(() => over.abort(), streamLifetimeMs)
  try {
    while (!signal.aborted) {
      const next = await runInTrace(ctx.trace, () => iterator.next())
      if (next.done) break
      yield tracked(next.value.id, checkedOnce(row, next.value.data))
    }
    if (stopping.aborted || over.signal.aborted)
      throw new ServiceError('unavailable', 'this stream has ended; connect again')
  } catch (thrown) {
    throw explainError(thrown)
  } finally {
    clearTimeout(lifetime)
    forgetEnd?.()
    await iterator.return?.()
  }
}

/** A stream ends when its access token would, and its client connects again with a fresh one or not at all. */
const streamLifetimeMs = 10 * 60_000

/** One event goes to any number of readers: it is checked for the first and is the same object for all. */
function checkedOnce(row: AnyProcedure, data: unknown): unknown {
  if (typeof data !== 'object' || data === null) return row.output.parse(data)
  const known = checked.get(data)
  if (known) return known
  const parsed = row.output.parse(data) as object
  checked.set(data, parsed)
  return parsed
}

const checked = new WeakMap<object, object>()
