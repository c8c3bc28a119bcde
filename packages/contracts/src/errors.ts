/**
 * The closed table of reasons a call can fail, the same at both doors: tRPC's code, and whether the same call may
 * succeed later without the caller changing anything.
 */
export const errorReasons = {
  'bad-input': { code: 'BAD_REQUEST', retryable: false },
  'not-signed-in': { code: 'UNAUTHORIZED', retryable: false },
  'bad-credentials': { code: 'UNAUTHORIZED', retryable: false },
  forbidden: { code: 'FORBIDDEN', retryable: false },
  'other-purpose': { code: 'FORBIDDEN', retryable: false },
  'briefing-overdue': { code: 'FORBIDDEN', retryable: false },
  'not-found': { code: 'NOT_FOUND', retryable: false },
  conflict: { code: 'CONFLICT', retryable: false },
  closed: { code: 'PRECONDITION_FAILED', retryable: false },
  'no-address': { code: 'PRECONDITION_FAILED', retryable: false },
  expired: { code: 'PRECONDITION_FAILED', retryable: false },
  'too-large': { code: 'PAYLOAD_TOO_LARGE', retryable: false },
  'unsupported-media': { code: 'UNSUPPORTED_MEDIA_TYPE', retryable: false },
  'no-such-procedure': { code: 'NOT_FOUND', retryable: false },
  'wrong-method': { code: 'METHOD_NOT_SUPPORTED', retryable: false },
  'too-many': { code: 'TOO_MANY_REQUESTS', retryable: true },
  unavailable: { code: 'SERVICE_UNAVAILABLE', retryable: true },
  timeout: { code: 'GATEWAY_TIMEOUT', retryable: true },
  internal: { code: 'INTERNAL_SERVER_ERROR', retryable: false },
} as const

export type ErrorReason = keyof typeof errorReasons

/** What stands in `error.data` at the client, beside tRPC's own fields. */
export interface ErrorData {
  reason: ErrorReason
  retryable: boolean
  /** For `bad-input`: each refused field by its dotted path. */
  fields?: { path: string; message: string }[]
  /** For `too-many`: when to try again. */
  retryAfterSeconds?: number
  /** Quote it to support: it finds the call in the logs of every service it touched. */
  traceId?: string
}
