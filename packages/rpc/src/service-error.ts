import { errorReasons } from '@candor/contracts/errors'
import type { ErrorData, ErrorReason } from '@candor/contracts/errors'
import { TRPCError } from '@trpc/server'

/**
 * The one error a handler throws. `reason` is from the closed table; the message is for the person at the other end,
 * so it holds nothing that they did not send.
 */
export class ServiceError extends TRPCError {
  override readonly name = 'ServiceError'
  readonly reason: ErrorReason
  readonly details: Pick<ErrorData, 'fields' | 'retryAfterSeconds'>

  constructor(
    reason: ErrorReason,
    message: string,
    details: Pick<ErrorData, 'fields' | 'retryAfterSeconds'> & { cause?: unknown } = {},
  ) {
    const { cause, ...rest } = details
    super({ code: errorReasons[reason].code, message, cause })
    this.reason = reason
    this.details = rest
  }
}

export function notFound(what: string): ServiceError {
  return new ServiceError('not-found', `${what} not found`)
}

/** Refuses one field of the input for a reason that its schema alone could not see. */
export function badInput(path: string, message: string): ServiceError {
  return new ServiceError('bad-input', `${path}: ${message}`, { fields: [{ path, message }] })
}
