import { services } from '@candor/contracts/callers'
import type { ServiceName } from '@candor/contracts/callers'
import { contract } from '@candor/contracts/contract'
import type { Contract } from '@candor/contracts/contract'
import { dataHolder } from '@candor/contracts/data-holder'
import { createServiceClient } from '@candor/rpc/service-client'
import type { ServiceClient } from '@candor/rpc/service-client'
import { ServiceError } from '@candor/rpc/service-error'
import type { NatsConnection } from '@nats-io/transport-node'
import { TRPCClientError } from '@trpc/client'

/** A service that holds personal data. Privacy is one of them and is asked as the others are. */
export interface Holder {
  readonly service: ServiceName
  readonly client: ServiceClient<Contract<ServiceName, typeof dataHolder>>
}

export function connectHolders(nats: NatsConnection, timeoutMs: number): readonly Holder[] {
  return services.map((service) => ({
    service,
    client: createServiceClient(contract(service, dataHolder), { nats, self: 'privacy', timeoutMs }),
  }))
}

/** How long a holder is given by the erasure's nth try since it last got on: twice as long each time. */
export function patienceMs(attempts: number, timeoutMs: number): number {
  return Math.min(timeoutMs * 2 ** attempts, patienceMsMax)
}

/** The broker's door lets no call run longer. */
const patienceMsMax = 60_000

/** Asks one holder; its failure names it. */
export async function ask<T>(holder: Holder, work: (client: Holder['client']) => Promise<T>): Promise<T> {
  try {
    return await work(holder.client)
  } catch (cause) {
    throw new HolderError(holder.service, cause)
  }
}

/** Asks all holders at once: all answers, in their order, or the failure of one. */
export function askAll<T>(
  holders: readonly Holder[],
  work: (client: Holder['client']) => Promise<T>,
): Promise<{ service: ServiceName; answer: T }[]> {
  return Promise.all(
    holders.map(async (holder) => ({ service: holder.service, answer: await ask(holder, work) })),
  )
}

/** A service did not do what was asked of it. */
export class HolderError extends ServiceError {
  readonly holder: ServiceName

  constructor(holder: ServiceName, cause: unknown) {
    const mayPass = !(cause instanceof TRPCClientError) || cause.data?.retryable === true
    if (mayPass) super('unavailable', `${holder} is not answering; try again`, { cause })
    else super('internal', 'something went wrong on our side', { cause })
    this.holder = holder
  }
}
