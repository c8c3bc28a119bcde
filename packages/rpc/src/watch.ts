import type { Caller } from '@candor/contracts/callers'
import { callerKind } from '@candor/contracts/callers'
import type { AnyProcedure } from '@candor/contracts/contract'
import type { ErrorReason } from '@candor/contracts/errors'
import type { DoorContext } from './call.ts'

/**
 * Learns of every call once it has its outcome, whatever the procedure. What it throws is the caller's answer: a call
 * that must be recorded and cannot be is not answered.
 */
export type Watch = (call: WatchedCall, outcome: 'ok' | ErrorReason) => Promise<void> | void

export interface WatchedCall {
  readonly service: string
  readonly procedure: string
  readonly row: AnyProcedure
  /** As whom the call was treated, or was refused. */
  readonly caller: Caller
  /** As it was sent, which need not be what the procedure takes. */
  readonly input: unknown
  /** The answer; undefined where there is none. */
  readonly output: unknown
  readonly remoteAddress: string | null
  readonly device: string | null
}

/** Whoever is let in as nobody in particular is nobody in particular, whatever token came along. */
export function watchedCaller(row: AnyProcedure, authentication: DoorContext['authentication']): Caller {
  if ('refused' in authentication) return { kind: 'anyone' }
  const { caller } = authentication
  const isOpen = row.access.includes('anyone') && !row.access.includes(callerKind(caller))
  return isOpen ? { kind: 'anyone' } : caller
}

/** Several as one, told in turn. */
export function watchAll(watches: readonly Watch[]): Watch {
  return async (call, outcome) => {
    for (const watch of watches) await watch(call, outcome)
  }
}
