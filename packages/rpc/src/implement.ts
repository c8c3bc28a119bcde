import type {
  AnyContract,
  AnyProcedure,
  CallerOf,
  InputOf,
  OutputOf,
  Procedure,
  RouterOf,
} from '@candor/contracts/contract'
import { initTRPC } from '@trpc/server'
import type { z } from 'zod'
import type { Call, DoorContext } from './call.ts'
import { formatError } from './format-error.ts'
import { createPerform } from './perform.ts'
import type { Perform, PerformOptions, TrpcCall } from './perform.ts'
import { pullEvents } from './pull-events.ts'
import { pingEveryMs, reconnectAfterMs } from './stream-events.ts'
import type { Send, Stream } from './stream-events.ts'

/**
 * Joins a contract and its handlers into an ordinary tRPC router. A missing, extra or ill-typed handler does not
 * compile. Each procedure is one function of ours (`createPerform`): tRPC's own chain of middlewares costs more than
 * all that we do in it.
 */
export function implement<C extends AnyContract>(
  contract: C,
  handlers: HandlersOf<C>,
  options: PerformOptions,
): RouterOf<C> {
  const procedures = Object.entries(contract.procedures).map(([name, row]) => {
    return [name, build(contract.name, row, handlers[name as keyof HandlersOf<C>], options)]
  })
  return t.router(Object.fromEntries(procedures)) as unknown as RouterOf<C>
}

const t = initTRPC
  .context<DoorContext>()
  .meta<ProcedureMeta>()
  .create({
    isDev: false,
    errorFormatter: formatError,
    sse: {
      ping: { enabled: true, intervalMs: pingEveryMs },
      client: { reconnectAfterInactivityMs: reconnectAfterMs },
    },
  })

function build(service: string, row: AnyProcedure, handler: any, options: PerformOptions) {
  const perform = createPerform(service, row, handler, options)
  // What tRPC hands to a resolver holds the whole call, beyond what its types say.
  const resolve = (call: object): any => perform(call as TrpcCall)
  const procedure = t.procedure.meta({ perform })
  if (row.kind === 'subscription')
    return procedure.subscription(async (call) => pullEvents((await resolve(call)) as Stream, call.signal))
  return row.kind === 'query' ? procedure.query(resolve) : procedure.mutation(resolve)
}

/** What each procedure carries, so that our doors need not go through tRPC's caller to reach it. */
export interface ProcedureMeta {
  readonly perform: Perform
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
/** Sends until it has nothing more to say: a stream whose handler returns is over for good. */
export type StreamHandler<P extends AnyProcedure> = (
  input: InputOf<P>,
  call: Call<CallerOf<P>>,
  send: Send<OutputOf<P>>,
) => Promise<void>
