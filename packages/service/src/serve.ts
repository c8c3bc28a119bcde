import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AnyContract } from '@candor/contracts/contract'
import { identity } from '@candor/contracts/identity'
import { startConsumers } from '@candor/events/consume'
import type { Listener } from '@candor/events/listener'
import { allowsPurpose } from '@candor/policy/allows-purpose'
import { createTokenVerifier } from '@candor/rpc/access-token'
import type { VerifyToken } from '@candor/rpc/access-token'
import { countStreams } from '@candor/rpc/count-streams'
import { createHttpDoor } from '@candor/rpc/http-door'
import { implement } from '@candor/rpc/implement'
import type { HandlersOf } from '@candor/rpc/implement'
import { serveNatsDoor } from '@candor/rpc/nats-door'
import { createObserve } from '@candor/rpc/observe'
import { createServiceClient } from '@candor/rpc/service-client'
import { watchAll } from '@candor/rpc/watch'
import type { Watch } from '@candor/rpc/watch'
import { listen } from '@candor/runtime/http-server'
import type { Lifecycle } from '@candor/runtime/lifecycle'
import { checkMigrated } from '@candor/runtime/migrate'
import type { NamedMigration } from '@candor/runtime/migrate'
import { startAuditTrail } from './audit-trail.ts'
import type { StoreAudit } from './audit-trail.ts'
import type { Base } from './connect.ts'
import { followEndedSessions } from './follow-ended-sessions.ts'
import type { ListEnded } from './follow-ended-sessions.ts'

/**
 * Opens a service's doors: consumers, NATS and HTTP. Stopping runs the other way round: not ready, streams
 * are told to connect elsewhere, HTTP and NATS calls finish, consumers stop, the relay and the connections close.
 */
export async function serve<C extends AnyContract>(
  lifecycle: Lifecycle,
  base: Base<any>,
  options: {
    contract: C
    handlers: HandlersOf<C>
    listeners: readonly Listener[]
    migrations: readonly NamedMigration[]
    httpPort: number
    /** Verifies tokens by asking identity for its keys, unless the service knows them itself. */
    verifyToken?: VerifyToken | undefined
    /** Tells which sessions ended; identity is asked by those who do not know. */
    listEndedSessions?: ListEnded
    /** Where the audit trail is kept until it is privacy's. */
    storeAudit: StoreAudit
    /** What else this service has to learn of its calls. */
    watch?: Watch
    /** Answers requests that are no calls, such as webhooks; false leaves the request unanswered. */
    otherRoutes?: (request: IncomingMessage, response: ServerResponse) => boolean
  },
): Promise<{ httpPort: number; operationsPort: number }> {
  const { contract } = options
  const host = base.listenOn
  const verifyToken = options.verifyToken ?? askIdentity(base)
  const sessions = followEndedSessions(lifecycle, base, options.listEndedSessions ?? askWhichEnded(base))
  const observe = createObserve(base.log, base.metrics)
  const watch = watchAll([
    startAuditTrail(lifecycle, base, options.storeAudit),
    ...(options.watch ? [options.watch] : []),
  ])
  const router = implement(contract, options.handlers, {
    observe,
    watch,
    allowsPurpose: async (tenantId, purpose) =>
      allowsPurpose((await base.policies.of(tenantId)).policy, purpose),
    sessions,
    isClosed: async (tenantId) => (await base.policies.of(tenantId)).isClosed,
    countStreams: countStreams(base.metrics),
    stopping: lifecycle.signal,
    leaving: lifecycle,
  })

  startConsumers(lifecycle, { ...base, listeners: options.listeners })
  serveNatsDoor(lifecycle, { contract, router, nats: base.nats, verifyToken })
  const door = createHttpDoor({ contract, router, verifyToken })
  const httpPort = await listen(lifecycle, 'http', { port: options.httpPort, host }, (request, response) => {
    if (door(request, response) || options.otherRoutes?.(request, response)) return
    response.writeHead(404, { 'content-type': 'text/plain' }).end('not found\n')
  })
  base.checks.postgres = () => checkMigrated(base.db, options.migrations)
  base.checks.nats = () => base.nats.flush()
  delete base.checks.start
  base.log.info({ port: httpPort }, 'serving')
  return { httpPort, operationsPort: base.operationsPort }
}

function askWhichEnded({ service, nats }: Base<any>): ListEnded {
  const client = createServiceClient(identity, { nats, self: service })
  return (input) => client.listEndedSessions.query(input)
}

/** Access tokens are checked locally with identity's public keys; identity is asked only when a new key appears. */
export function askIdentity({
  service,
  nats,
  clock,
}: Pick<Base<any>, 'service' | 'nats' | 'clock'>): VerifyToken {
  const client = createServiceClient(identity, { nats, self: service })
  return createTokenVerifier({ clock, fetchKeys: async () => (await client.getJwks.query({})).keys })
}
