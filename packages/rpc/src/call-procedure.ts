import type { ErrorShape } from '@candor/contracts/contract'
import { getTRPCErrorFromUnknown, getTRPCErrorShape } from '@trpc/server'
import type { AnyTRPCRouter } from '@trpc/server'
import type { DoorContext } from './call.ts'
import type { ProcedureMeta } from './implement.ts'
import type { RouterCall } from './router-call.ts'

export type Outcome = { result: { data: unknown } } | { error: ErrorShape }

/** Carries out one call; what it throws is told in the one shape of errors. */
export async function callProcedure(
  router: AnyTRPCRouter,
  call: RouterCall,
  ctx: DoorContext,
): Promise<Outcome> {
  try {
    return { result: { data: await invoke(router, call, ctx) } }
  } catch (thrown) {
    return { error: shapeOf(router, call, ctx, thrown) }
  }
}

/** Carries out one call and throws what it throws. tRPC's own caller would copy the call at each step. */
export function invoke(
  router: AnyTRPCRouter,
  { path, input }: RouterCall,
  ctx: DoorContext,
): Promise<unknown> {
  const procedures = router._def.procedures as Record<string, { _def: { meta: ProcedureMeta } }>
  const { perform } = procedures[path]!._def.meta
  return perform({ ctx, path, getRawInput: async () => input, signal: undefined })
}

export function shapeOf(
  router: AnyTRPCRouter,
  { path, kind: type, input }: RouterCall,
  ctx: DoorContext,
  thrown: unknown,
): ErrorShape {
  const error = getTRPCErrorFromUnknown(thrown)
  return getTRPCErrorShape({ config: router._def._config, error, type, path, input, ctx }) as ErrorShape
}
