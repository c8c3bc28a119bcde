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
import type { Purpose } from '@candor/contracts/purposes'
import { runInTrace } from '@candor/runtime/trace'
import { initTRPC, tracked } from '@trpc/server'
import type { z } from 'zod'
import type { Call, DoorContext } from './call.ts'
import { formatError } from './format-error.ts'
import { explainError } from './explain-error.ts'
import type { Observe } from './observe.ts'
import { readInput } from './read-input.ts'
import { ServiceError } from './service-error.ts'
import { watchedCaller } from './watch.ts'
import type { Watch } from './watch.ts'

/**
 * Joins a contract and its handlers into an ordinary tRPC router. A missing, extra or ill-typed handler does not
 * compile; who may call, the input and the output are checked here, in this order, for every procedure alike.
 */
export function implement<C extends AnyContract>(
  contract: C,
  handlers: HandlersOf<C>,
  options: Options,
): RouterOf<C> {
  const procedures = Object.entries(contract.procedures).map(([name, row]) => {
    return [name, build(contract.name, row, handlers[name as keyof HandlersOf<C>], options)]
  })
  return t.router(Object.fromEntries(procedures)) as unknown as RouterOf<C>
}

const t = initTRPC.context<DoorContext>().create({
  isDev: false,
  errorFormatter: formatError,
  sse: { ping: { enabled: true, intervalMs: 10_000 }, client: { reconnectAfterInactivityMs: 25_000 } },
})

interface Options {
  observe: Observe
  watch?: Watch
  /** Whether the notice in force lets personal data be read for this. */
  allowsPurpose?: AllowsPurpose
  stopping: AbortSignal
}

export type AllowsPurpose = (tenantId: string, purpose: Purpose) => Promise<boolean>

function build(service: string, row: AnyProcedure, handler: any, options: Options) {
  const observed = t.middleware(({ ctx, path, type, next, getRawInput }) =>
    runInTrace(ctx.trace, () =>
      options.observe({ procedure: path, kind: type, door: ctx.door }, async () => {
        const result = await next()
        const error = result.ok ? undefined : explainError(result.error)
        if (options.watch) {
          const { remoteAddress, device } = ctx
          const caller = watchedCaller(row, ctx.authentication)
          const input = await getRawInput().catch(() => undefined)
          const output = result.ok ? result.data : undefined
          const call = { service, procedure: path, row, caller, input, output, remoteAddress, device }
          await options.watch(call, error?.reason ?? 'ok')
        }
        if (error) throw error
        return result
      }),
    ),
  )
  const admitted = t.middleware(async ({ ctx, next }) => {
    const caller = admit(row, ctx.authentication)
    await checkPurpose(row, caller, ctx.purpose, options.allowsPurpose)
    return next({ ctx: { caller } })
  })
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

/** Personal data is touched for the purpose the row declares, and only while the notice names that purpose. */
async function checkPurpose(
  row: AnyProcedure,
  caller: Caller,
  stated: string | null,
  allows: AllowsPurpose | undefined,
): Promise<void> {
  const { purpose } = row
  if (purpose === 'none') return
  if (caller.kind === 'staff' && caller.isUnbriefed && purpose !== 'run-account')
    throw new ServiceError('briefing-overdue', 'acknowledge the privacy briefing first')
  if (stated !== null && stated !== purpose)
    throw new ServiceError('other-purpose', `this touches personal data for ${purpose} and nothing else`)
  if (!allows || !('tenantId' in caller) || (await allows(caller.tenantId, purpose))) return
  throw new ServiceError('other-purpose', `the notice in force names no ${purpose}`)
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
