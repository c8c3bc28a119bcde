import type { chat } from '@candor/contracts/chat'
import type { identity } from '@candor/contracts/identity'
import type { transcripts } from '@candor/contracts/transcripts'
import type { Relay } from '@candor/events/relay'
import type { ServiceClient } from '@candor/rpc/service-client'
import type { Base } from '@candor/service/connect'
import type { Sealer } from '../sealing/sealer.ts'
import type { SigningKey } from '../sealing/signing-key.ts'
import type { Database } from '../store/tables.ts'
import type { Alarm } from './alarm.ts'
import type { ReadDeclarations } from './declarations.ts'
import type { Holder } from './holders.ts'
import type { Rules } from './requests/rules.ts'
import type { Throttle } from './throttle.ts'

/** What the rules of privacy need. */
export interface Deps extends Base<Database> {
  relay: Relay
  identity: ServiceClient<typeof identity>
  chat: ServiceClient<typeof chat>
  transcripts: ServiceClient<typeof transcripts>
  holders: readonly Holder[]
  /** The same, given longer by each try of an erasure that does not get on. */
  patientHolders: (attempts: number) => readonly Holder[]
  readDeclarations: ReadDeclarations
  sealer: Sealer
  signingKey: SigningKey
  /** Wakes the saga and the feed after a commit that gave them work. */
  alarm: Alarm
  sagaPollMs: number
  remoteThrottle: Throttle
  requestsPerHourAddressMax: number
  /** What the notice in force promises about requests. */
  rulesOf: (tenantId: string) => Promise<Rules>
  publicUrl: string
}
