import { createHttpDoor } from '@candor/rpc/http-door'
import type { DoorContext } from '@candor/rpc/call'
import { implement } from '@candor/rpc/implement'
import { serveNatsDoor } from '@candor/rpc/nats-door'
import { createObserve } from '@candor/rpc/observe'
import { noSignals } from '@candor/rpc/signals'
import { askIdentity } from '@candor/service/serve'
import { systemClock } from '@candor/runtime/clock'
import { listen } from '@candor/runtime/http-server'
import { runUntilSignal } from '@candor/runtime/lifecycle'
import { createLogger } from '@candor/runtime/logger'
import { createMetrics } from '@candor/runtime/metrics'
import { closeNats, connectNats } from '@candor/runtime/nats'
import { continueTrace } from '@candor/runtime/trace'
import { createHTTPHandler } from '@trpc/server/adapters/standalone'
import { small } from './small-contract.ts'

// One procedure behind our two doors and, as a rival, behind tRPC's own server, which is spared the look at the caller.

const { NATS_URL, NATS_SEED, HTTP_PORT, STANDALONE_PORT } = process.env
const log = createLogger({ service: 'billing', level: 'info' })
await runUntilSignal(log, async (lifecycle) => {
  const nats = await connectNats({ url: NATS_URL!, seed: NATS_SEED!, name: 'billing', log })
  lifecycle.onStop('nats', () => closeNats(nats))
  const observe = createObserve(log, createMetrics('billing'))
  const router = implement(small, { rename: async (input) => input }, { observe, stopping: lifecycle.signal })
  const verifyToken = askIdentity({ service: 'billing', nats, clock: systemClock() })
  serveNatsDoor(lifecycle, { contract: small, router, nats, verifyToken })

  const door = createHttpDoor({ contract: small, router, verifyToken })
  await listen(lifecycle, 'http', { port: Number(HTTP_PORT), host: '127.0.0.1' }, (request, response) => {
    if (!door(request, response)) response.writeHead(404).end()
  })
  const standalone = createHTTPHandler({ router, createContext: (): DoorContext => nobody() })
  await listen(lifecycle, 'standalone', { port: Number(STANDALONE_PORT), host: '127.0.0.1' }, standalone)
  process.send?.({ ready: true })
})

function nobody(): DoorContext {
  return {
    door: 'http',
    authentication: { caller: { kind: 'anyone' } },
    remoteAddress: null,
    device: null,
    purpose: null,
    timeoutMs: null,
    signals: noSignals,
    trace: continueTrace(undefined),
  }
}
