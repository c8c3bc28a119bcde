import type { ErrorData, ErrorReason } from '@candor/contracts/errors'
import { TRPCClientError } from '@trpc/client'

/** Why a call was refused, or null when no service answered: no network, a cut connection, a proxy's error page. */
export function findReason(error: unknown): ErrorReason | null {
  return findErrorData(error)?.reason ?? null
}

/** Whether the same call may succeed later. True as well for a call that no service answered. */
export function isRetryable(error: unknown): boolean {
  return findErrorData(error)?.retryable ?? true
}

/** Everything a service said about a refusal: the fields it refused, when to try again, the trace id for support. */
export function findErrorData(error: unknown): ErrorData | null {
  const data = error instanceof TRPCClientError ? (error.data as Partial<ErrorData> | undefined) : undefined
  return data?.reason === undefined ? null : (data as ErrorData)
}
