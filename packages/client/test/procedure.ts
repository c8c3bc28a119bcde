import type { ErrorReason } from '@candor/contracts/errors'
import { errorReasons } from '@candor/contracts/errors'
import { initTRPC, TRPCError } from '@trpc/server'
import { ZodError } from 'zod'

/** tRPC as the services speak it: their errors, and a heartbeat that tests needn't wait for. */
export const t = initTRPC.context<Context>().create({
  sse: { ping: { enabled: true, intervalMs: 100 } },
  errorFormatter: ({ shape, error }) => {
    const cause = error.cause
    const reason =
      cause instanceof Refusal ? cause.reason : error.code === 'BAD_REQUEST' ? 'bad-input' : 'internal'
    const issues = cause instanceof ZodError ? cause.issues : []
    const fields = issues.map(({ path, message }) => ({ path: path.join('.'), message }))
    return { ...shape, data: { ...shape.data, reason, retryable: errorReasons[reason].retryable, fields } }
  },
})

export const asAnyone = t.procedure

export const asVisitor = t.procedure.use(({ ctx, next }) => {
  if (ctx.visitorId === null) throw refusal('not-signed-in')
  return next({ ctx: { visitorId: ctx.visitorId } })
})

/** What a service throws to refuse a call. */
export function refusal(reason: ErrorReason): TRPCError {
  return new TRPCError({ code: errorReasons[reason].code, cause: new Refusal(reason) })
}

export interface Context {
  visitorId: string | null
}

class Refusal extends Error {
  readonly reason: ErrorReason
  constructor(reason: ErrorReason) {
    super(reason)
    this.reason = reason
  }
}
