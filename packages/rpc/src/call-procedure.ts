import type { ErrorShape } from '@candor/contracts/contract'
import { getTRPCErrorFromUnknown, getTRPCErrorShape } from '@trpc/server'
import type { AnyTRPCRouter } from '@trpc/server'
import type { DoorContext } from './call.ts'
import type { RouterCall } from './router-call.ts'

export type Outcome = { result: { data: unknown } } | { error: ErrorShape }

/** Carries out one call; what it throws is told in the one shape of errors. */
export async function callProcedure(
  router: AnyTRPCRouter,
  call: RouterCall,
  ctx: DoorContext,
  place: number,
): Promise<Outcome> {
  try {
    return { result: { data: await invoke(router, call, ctx, place) } }
  } catch (thrown) {
    return { error: shapeOf(router, call, ctx, thrown) }
  }
}

/** Carries out one call and throws what it throws. */
export function invoke(
  router: AnyTRPCRouter,
  { path, kind: type, input }: RouterCall,
  ctx: DoorContext,
  place = 0,
): Promise<unknown> {
  const procedures = router._def.procedures as Record<string, (options: object) => Promise<unknown>>
  const getRawInput = async () => input
  return procedures[path]!({ path, type, ctx, getRawInput, signal: undefined, batchIndex: place })
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
