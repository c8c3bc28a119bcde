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
import type { PerformOptions, TrpcCall } from './perform.ts'
import { pingEveryMs, reconnectAfterMs } from './stream-events.ts'
import type { StreamEvent } from './stream-events.ts'

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

const t = initTRPC.context<DoorContext>().create({
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
  if (row.kind === 'subscription') return t.procedure.subscription(resolve)
  return row.kind === 'query' ? t.procedure.query(resolve) : t.procedure.mutation(resolve)
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
