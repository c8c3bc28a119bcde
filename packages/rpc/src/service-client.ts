import type { AnyContract, RouterOf } from '@candor/contracts/contract'
import type { CallingService } from '@candor/contracts/callers'
import { createTRPCClient } from '@trpc/client'
import type { CreateTRPCClient } from '@trpc/client'
import type { NatsConnection } from '@nats-io/transport-node'
import { natsLink } from './nats-link.ts'

export type ServiceClient<C extends AnyContract> = CreateTRPCClient<RouterOf<C>>

/** An ordinary typed tRPC client of another service, over NATS, as the service `self`. */
export function createServiceClient<C extends AnyContract>(
  contract: C,
  options: { nats: NatsConnection; self: CallingService; timeoutMs?: number; authorization?: string },
): ServiceClient<C> {
  return createTRPCClient<RouterOf<C>>({ links: [natsLink(contract.name, options)] }) as ServiceClient<C>
}
