import { initTRPC } from '@trpc/server'
import type { AnyTRPCRouter } from '@trpc/server'

/** A router with the procedures that `keep` names and the same configuration. */
export function publicPart(router: AnyTRPCRouter, keep: (name: string) => boolean): AnyTRPCRouter {
  const { _config } = router._def
  const t = initTRPC.create({
    isDev: false,
    errorFormatter: _config.errorFormatter,
    sse: _config.sse,
  } as object)
  return t.router(
    Object.fromEntries(Object.entries(router._def.procedures as object).filter(([name]) => keep(name))),
  )
}
