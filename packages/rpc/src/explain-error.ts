import { errorReasons } from '@candor/contracts/errors'
import type { ErrorReason } from '@candor/contracts/errors'
import { postgresTrouble } from '@candor/runtime/postgres'
import { TRPCClientError } from '@trpc/client'
import { TRPCError } from '@trpc/server'
import type { z } from 'zod'
import { ServiceError } from './service-error.ts'

/**
 * Turns whatever was thrown into a `ServiceError`: the only mapping there is, used by both doors. What is not
 * recognised becomes `internal` with a message that says nothing of the inside.
 */
export function explainError(thrown: unknown): ServiceError {
  if (thrown instanceof ServiceError) return thrown
  if (thrown instanceof TRPCError)
    return thrown.cause ? explainCause(thrown, thrown.cause) : explainCode(thrown)
  return explainCause(thrown, thrown)
}

function explainCause(thrown: unknown, cause: unknown): ServiceError {
  if (cause instanceof ServiceError) return cause
  if (thrown instanceof TRPCError && thrown.code !== 'INTERNAL_SERVER_ERROR') return explainCode(thrown)
  if (cause instanceof TRPCClientError && cause.data?.retryable) {
    return new ServiceError('unavailable', 'a service this needs is not answering; try again', { cause })
  }
  const trouble = postgresTrouble(cause)
  if (trouble === 'late') return new ServiceError('timeout', 'this took too long; try again', { cause })
  if (isTimeUp(cause)) return new ServiceError('timeout', 'this took too long; try again', { cause })
  if (trouble) return new ServiceError('unavailable', 'the database is not answering; try again', { cause })
  if (isNatsTrouble(cause))
    return new ServiceError('unavailable', 'messaging is not answering; try again', { cause })
  return new ServiceError('internal', 'something went wrong on our side', { cause })
}

/** Errors that tRPC itself raises before or around a procedure. */
function explainCode(error: TRPCError): ServiceError {
  const [reason, message] = codes[error.code] ?? (['internal', 'something went wrong on our side'] as const)
  return new ServiceError(reason, message, { cause: error })
}

const codes: Partial<Record<TRPCError['code'], readonly [ErrorReason, string]>> = {
  PARSE_ERROR: ['bad-input', 'the request is not valid JSON'],
  BAD_REQUEST: ['bad-input', 'the request is malformed'],
  NOT_FOUND: ['no-such-procedure', 'there is no such procedure'],
  METHOD_NOT_SUPPORTED: ['wrong-method', 'queries are called with GET, mutations with POST'],
  PAYLOAD_TOO_LARGE: ['too-large', 'the request is too large'],
  UNSUPPORTED_MEDIA_TYPE: ['unsupported-media', 'the request must be application/json'],
  CLIENT_CLOSED_REQUEST: ['timeout', 'the caller went away'],
}

/** What a schema refused, each field by its name. */
export function explainInput(error: z.ZodError): ServiceError {
  const fields = error.issues.slice(0, 20).map((issue) => ({
    path: issue.path.map(String).join('.') || 'input',
    message: issue.message,
  }))
  const message = fields.map((field) => `${field.path}: ${field.message}`).join('; ')
  return new ServiceError('bad-input', message, { fields, cause: error })
}

/** How an aborted signal shows in what was waiting on it. */
function isTimeUp(cause: unknown): boolean {
  return cause instanceof DOMException && (cause.name === 'TimeoutError' || cause.name === 'AbortError')
}

const natsErrors = new Set([
  'NobodyThereError',
  'NoAnswerError',
  'NoRespondersError',
  'RequestError',
  'TimeoutError',
  'ConnectionError',
  'ClosedConnectionError',
  'DrainingConnectionError',
  'JetStreamApiError',
])

function isNatsTrouble(cause: unknown): boolean {
  return cause instanceof Error && natsErrors.has(cause.name)
}

export function isRetryable(error: ServiceError): boolean {
  return errorReasons[error.reason].retryable
}
