import type { Caller } from '@candor/contracts/callers'
import type { Relay } from '@candor/events/relay'
import type { Metrics } from '@candor/runtime/metrics'
import type { Base } from '@candor/service/connect'
import type { AwarenessOf } from './check-briefing.ts'
import type { PasswordHasher } from '../passwords/hasher.ts'
import type { Database } from '../store/tables.ts'
import type { Limit } from '../throttle/limits.ts'
import type { Throttle } from '../throttle/throttle.ts'
import type { KeyRing } from '../tokens/key-ring.ts'

/** What the rules of identity need. */
export interface Deps extends Base<Database> {
  relay: Relay
  keys: KeyRing
  /** From one refresh token leads to the next. */
  refreshKey: Buffer
  /** Counts refresh tokens that came back after their use. */
  reusedTokens: ReturnType<Metrics['counter']>
  passwords: PasswordHasher
  awarenessOf: AwarenessOf
  throttle: Throttle
  limits: Record<LimitName, Limit>
  /** Whether this installation is one business's, and no other may be opened. */
  isOneBusiness: boolean
  /** Where links in mails lead. */
  publicUrl: string
}

export type LimitName = 'signUp' | 'visitorSession' | 'invitation' | 'passwordByEmail' | 'passwordByRemote'

export type Staff = Extract<Caller, { kind: 'staff' }>
export type Visitor = Extract<Caller, { kind: 'visitor' }>
