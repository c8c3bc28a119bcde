import type { Caller } from '@candor/contracts/callers'
import type { PrivacySignals } from '@candor/contracts/privacy/consent-schemas'
import type { Trace } from '@candor/runtime/trace'
import type { ServiceError } from './service-error.ts'

/** What a handler knows of the call beside its input. */
export interface Call<C extends Caller = Caller> {
  readonly caller: C
  /** Aborted when the caller goes away, its deadline passes or the process stops. Made for the few that ask. */
  readonly signal: () => AbortSignal
  /** Where the request came from, for throttling; null over NATS. Personal data: keep it in memory only. */
  readonly remoteAddress: string | null
  /** How long the caller waits for the answer; null where it did not say. */
  readonly timeoutMs: number | null
  /** Whether the caller's browser asks not to be tracked. What that means, the business's notice says. */
  readonly signals: PrivacySignals
}

/** What a door hands to tRPC. A token that fails to verify counts only where the procedure needs one. */
export interface DoorContext {
  readonly door: 'http' | 'nats'
  readonly authentication: Authentication
  readonly remoteAddress: string | null
  /** What the caller's program says it is; null over NATS. Personal data: keep it in memory only. */
  readonly device: string | null
  /** For what the caller says it needs personal data; null: for what the procedure declares. */
  readonly purpose: string | null
  readonly timeoutMs: number | null
  readonly signals: PrivacySignals
  readonly trace: Trace
  /** Aborted when the caller goes away or its deadline passes; made when it is asked for. */
  readonly gone?: () => AbortSignal
}

/** Who calls, and how much longer the token is good for that says so, if one does. */
export type Authentication = { caller: Caller; validForMs?: number } | { refused: ServiceError }
