import type { ErrorShape } from '@candor/contracts/contract'
import { errorReasons } from '@candor/contracts/errors'
import type { TRPCError } from '@trpc/server'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc'
import type { DoorContext } from './call.ts'
import { explainError } from './explain-error.ts'

/** The one shape in which errors leave, whichever door: no stack, no inner message. */
export function formatError(options: {
  error: TRPCError
  path: string | undefined
  ctx: DoorContext | undefined
}): ErrorShape {
  const error = explainError(options.error)
  return {
    message: error.message,
    code: TRPC_ERROR_CODES_BY_KEY[error.code],
    data: {
      code: error.code,
      httpStatus: getHTTPStatusCodeFromError(error),
      path: options.path,
      reason: error.reason,
      retryable: errorReasons[error.reason].retryable,
      ...error.details,
      traceId: options.ctx?.trace.traceId,
    },
  }
}
