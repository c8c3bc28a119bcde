import type { Contract } from '@candor/contracts/contract'
import type { operations } from '@candor/contracts/operations'
import type { Listener } from '@candor/events/listener'
import { listParked } from '@candor/events/parked'
import { redriveParked } from '@candor/events/redrive-parked'
import type { HandlersOf } from '@candor/rpc/implement'
import type { Base } from './connect.ts'

/** The handlers of the `operations` rows of a service's contract. */
export function operationsHandlers(
  base: Base<any>,
  listeners: readonly Listener[],
): HandlersOf<Contract<string, typeof operations>> {
  return {
    listParkedEvents: ({ limit }) => listParked(base.db, limit),
    redriveParkedEvents: ({ eventId }) => redriveParked({ ...base, listeners }, eventId),
  }
}
