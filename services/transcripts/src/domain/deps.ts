import type { chat } from '@candor/contracts/chat'
import type { identity } from '@candor/contracts/identity'
import type { ServiceClient } from '@candor/rpc/service-client'
import type { Base } from '@candor/service/connect'
import type { Database } from '../store/tables.ts'

/** What the use cases stand on. */
export interface Deps extends Base<Database> {
  chat: ServiceClient<typeof chat>
  identity: ServiceClient<typeof identity>
  publicUrl: string
}
