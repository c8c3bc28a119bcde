import type { ErrorReason } from '@candor/contracts/errors'
import { ServiceError } from '@candor/rpc/service-error'
import { TRPCClientError } from '@trpc/client'

/** What chat refuses of what staff gave is refused to them; anything else that goes wrong there is ours to answer for. */
export async function passRefusal<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (err) {
    const data = err instanceof TRPCClientError ? err.data : undefined
    if (!refusals.includes(data?.reason)) throw err
    throw new ServiceError(data.reason, (err as Error).message, data.fields && { fields: data.fields })
  }
}

const refusals: ErrorReason[] = ['bad-input', 'not-found', 'conflict']
