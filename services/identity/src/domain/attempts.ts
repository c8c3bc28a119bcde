import type { Limit } from '../throttle/limits.ts'
import { remoteNetwork } from '../throttle/remote-network.ts'
import type { Attempt } from '../throttle/throttle.ts'

/** An attempt counted for where it comes from. Calls from inside have no remote address and are not counted. */
export function fromRemote(what: string, remoteAddress: string | null, limit: Limit): Attempt[] {
  return remoteAddress === null
    ? []
    : [{ what: `${what} from an address`, who: remoteNetwork(remoteAddress), limit }]
}
