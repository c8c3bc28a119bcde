import type { Caller } from '@candor/contracts/callers'
import type { identity } from '@candor/contracts/identity'
import type { Relay } from '@candor/events/relay'
import type { ServiceClient } from '@candor/rpc/service-client'
import type { Metrics } from '@candor/runtime/metrics'
import type { Base } from '@candor/service/connect'
import type { LiveBus } from '../live/bus.ts'
import type { Glance } from '../live/glance.ts'
import type { Database } from '../store/tables.ts'
import type { PostQueue } from './post-queue.ts'

/** What the rules of chat need. */
export interface Deps extends Base<Database> {
  relay: Relay
  live: LiveBus
  glance: Glance
  posts: PostQueue
  identity: ServiceClient<typeof identity>
  conversationsPerHourMax: number
  /** Businesses are written to at `<slug>@` it; null: there is no mail channel. */
  mailDomain: string | null
  /** How often something was taken out of what people wrote. */
  guarded: ReturnType<Metrics['counter']>
}

export type Visitor = Extract<Caller, { kind: 'visitor' }>
export type Staff = Extract<Caller, { kind: 'staff' }>

/** The two sides of a conversation, as markers and typing name them. */
export function sideOf(caller: Visitor | Staff): 'visitor' | 'staff' {
  return caller.kind
}

/** A visitor reaches only their own conversations; staff reach all of their tenant's. */
export function ownVisitor(caller: Visitor | Staff): string | null {
  return caller.kind === 'visitor' ? caller.visitorId : null
}
