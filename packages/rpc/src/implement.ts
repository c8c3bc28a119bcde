import type { Caller } from '@candor/contracts/callers'
import { callerKind } from '@candor/contracts/callers'
import type {
  AnyContract,
  AnyProcedure,
  CallerOf,
  InputOf,
  OutputOf,
  Procedure,
  RouterOf,
} from '@candor/contracts/contract'
import { runInTrace } from '@candor/runtime/trace'
import { initTRPC, tracked } from '@trpc/server'
import type { z } from 'zod'
import type { Call, DoorContext } from './call.ts'
import { formatError } from './format-error.ts'
import { explainError } from './explain-error.ts'
import type { Observe } from './observe.ts'
import { readInput } from './read-input.ts'
import { ServiceError } from './service-error.ts'

/**
 * Joins a contract and its handlers into an ordinary tRPC router. A missing, extra or ill-typed handler does not
 * compile; who may call, the input and the output are checked here, in this order, for every procedure alike.
 */
export function implement<C extends AnyContract>(
  contract: C,
  handlers: HandlersOf<C>,
  options: { observe: Observe; stopping: AbortSignal },
): RouterOf<C> {
  const procedures = Object.entries(contract.procedures).map(([name, row]) => {
    return [name, build(row, handlers[name as keyof HandlersOf<C>], options)]
  })
  return t.router(Object.fromEntries(procedures)) as unknown as RouterOf<C>
}

const t = initTRPC.context<DoorContext>().create({
  isDev: false,
  errorFormatter: formatError,
  sse: { ping: { enabled: true, intervalMs: 10_000 }, client: { reconnectAfterInactivityMs: 25_000 } },
})

function build(row: AnyProcedure, handler: any, options: { observe: Observe; stopping: AbortSignal }) {
  const observed = t.middleware(({ ctx, path, type, next }) =>
    runInTrace(ctx.trace, () =>
      options.observe({ procedure: path, kind: type, door: ctx.door }, async () => {
        const result = await next()
        if (!result.ok) throw explainError(result.error)
        return result
      }),
    ),
  )
  const admitted = t.middleware(({ ctx, next }) => next({ ctx: { caller: admit(row, ctx.authentication) } }))
  const base = t.procedure
    .use(observed)
    .use(admitted)
    .input((given: unknown) => readInput(row, given))

  const toCall = (ctx: DoorContext & { caller: Caller }, signal: AbortSignal | undefined): Call => ({
    caller: ctx.caller,
    signal: AbortSignal.any([options.stopping, ...(signal ? [signal] : [])]),
    remoteAddress: ctx.remoteAddress,
    timeoutMs: ctx.timeoutMs,
    signals: ctx.signals,
  })
  if (row.kind === 'subscription') {
    return base.subscription(({ input, ctx, signal }) =>
      stream(row, handler(input, toCall(ctx, signal)), ctx, options.stopping),
    )
  }
  const answer = base.output(row.output)
  const resolve = ({ input, ctx, signal }: any) => handler(input, toCall(ctx, signal))
  return row.kind === 'query' ? answer.query(resolve) : answer.mutation(resolve)
}

/** The caller, if the row lets its kind in. Whoever is let in as nobody in particular needs no valid token. */
function admit(row: AnyProcedure, authentication: DoorContext['authentication']): Caller {
  const open = row.access.includes('anyone')
  if ('refused' in authentication) {
    if (open) return { kind: 'anyone' }
    throw authentication.refused
  }
  if (row.access.includes(callerKind(authentication.caller))) return authentication.caller
  if (open) return { kind: 'anyone' }
  if (authentication.caller.kind === 'anyone') throw new ServiceError('not-signed-in', 'sign in first')
  throw new ServiceError('forbidden', `this is open to ${row.access.join(', ')} only`)
}

/** A stream ends when its access token would, and its client connects again with a fresh one or not at all. */
const streamLifetimeMs = 10 * 60_000

/**
 * Checks and frames what a stream yields. When its time is over or the process stops it throws instead of returning: a
 * return would tell tRPC clients that the stream is over for good.
 */
async function* stream(
  row: AnyProcedure,
  events: AsyncIterable<StreamEvent<unknown>>,
  ctx: DoorContext,
  stopping: AbortSignal,
) {
  let refuse = () => {}
  const stopped = new Promise<never>((_, reject) => {
    refuse = () => reject(new ServiceError('unavailable', 'this stream has ended; connect again'))
  })
  const lifetime = setTimeout(refuse, streamLifetimeMs)
  stopping.addEventListener('abort', refuse, { once: true })
  if (stopping.aborted) refuse()
  stopped.catch(() => {})
  const iterator = events[Symbol.asyncIterator]()
  try {
    while (true) {
      const next = await Promise.race([runInTrace(ctx.trace, () => iterator.next()), stopped])
      if (next.done) return
      yield tracked(next.value.id, row.output.parse(next.value.data))
    }
  } catch (thrown) {
    throw explainError(thrown)
  } finally {
    clearTimeout(lifetime)
    stopping.removeEventListener('abort', refuse)
    void iterator.return?.()
  }
}

export interface StreamEvent<T> {
  /** Where a client that saw this event resumes. */
  readonly id: string
  readonly data: T
}

export type HandlersOf<C extends AnyContract> = {
  [K in keyof C['procedures']]: C['procedures'][K] extends Procedure<'subscription', z.ZodType, z.ZodType>
    ? StreamHandler<C['procedures'][K]>
    : Handler<C['procedures'][K]>
}

export type Handler<P extends AnyProcedure> = (
  input: InputOf<P>,
  call: Call<CallerOf<P>>,
) => Promise<OutputOf<P>>
export type StreamHandler<P extends AnyProcedure> = (
  input: InputOf<P>,
  call: Call<CallerOf<P>>,
) => AsyncIterable<StreamEvent<OutputOf<P>>>
