import { billing } from './billing/contract.ts'
import * as billingEvents from './billing/events.ts'
import type { ServiceName } from './callers.ts'
import * as chatEvents from './chat/events.ts'
import { chat } from './chat/contract.ts'
import type { AnyContract } from './contract.ts'
import type { AnyEvent } from './event.ts'
import * as identityEvents from './identity/events.ts'
import { identity } from './identity/contract.ts'
import * as privacyEvents from './privacy/events.ts'
import { privacy } from './privacy/contract.ts'
import { transcripts } from './transcripts/contract.ts'
import * as transcriptsEvents from './transcripts/events.ts'

/** Every contract and every event: what must cover all of them (permissions, probes, reference) walks these two. */
export const contracts: Record<ServiceName, AnyContract> = { identity, chat, billing, transcripts, privacy }

export const events: AnyEvent[] = [
  identityEvents,
  chatEvents,
  billingEvents,
  transcriptsEvents,
  privacyEvents,
]
  .flatMap((module) => Object.values<AnyEvent>(module))
  .toSorted(
    // A module's exports come in another order under another loader; what is generated from here must not.
    (one, other) => (one.subject < other.subject ? -1 : 1),
  )
