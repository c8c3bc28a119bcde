import type { AnyContract, Contract, ProcedureTable } from '@candor/contracts/contract'
import { implement } from '@candor/rpc/implement'
import type { HandlersOf } from '@candor/rpc/implement'
import { serveNatsDoor } from '@candor/rpc/nats-door'
import { createObserve } from '@candor/rpc/observe'
import { ServiceError } from '@candor/rpc/service-error'
import { createLifecycle } from '@candor/runtime/lifecycle'
import { createLogger } from '@candor/runtime/logger'
import { createMetrics } from '@candor/runtime/metrics'
import type { NatsConnection } from '@nats-io/transport-node'

/**
 * Answers the named procedures of another service over real NATS, so that a service can be tested without its
 * neighbours. `nats` must be connected as that service.
 */
export function standIn<C extends AnyContract, K extends keyof C['procedures'] & string>(
  nats: NatsConnection,
  contract: C,
  handlers: Pick<HandlersOf<C>, K>,
): AsyncDisposable {
  const log = createLogger({ service: contract.name, level: 'silent' })
  const lifecycle = createLifecycle(log)
  const names = Object.keys(handlers)
  const part: Contract<string, ProcedureTable> = {
    name: contract.name,
    procedures: Object.fromEntries(names.map((name) => [name, contract.procedures[name]!])),
  }
  const router = implement(part, handlers as never, {
    observe: createObserve(log, createMetrics(contract.name)),
    stopping: lifecycle.signal,
  })
  const verifyToken = async () => {
    throw new ServiceError('not-signed-in', 'a stand-in knows no tokens')
  }
  serveNatsDoor(lifecycle, { contract: part, router, nats, verifyToken })
  return { [Symbol.asyncDispose]: () => lifecycle.stop() }
}
