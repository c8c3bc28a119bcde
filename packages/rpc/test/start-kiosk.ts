import { randomUUID } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { isInternal } from '@candor/contracts/contract'
import { createHttpDoor } from '@candor/rpc/http-door'
import { implement } from '@candor/rpc/implement'
import { serveNatsDoor } from '@candor/rpc/nats-door'
import { createObserve } from '@candor/rpc/observe'
import { createStockDoor } from '@candor/rpc/stock-door'
import { publicPart } from '@candor/rpc/public-part'
import { createServiceClient } from '@candor/rpc/service-client'
import { listen } from '@candor/runtime/http-server'
import { createLifecycle } from '@candor/runtime/lifecycle'
import { createLogger } from '@candor/runtime/logger'
import { createMetrics } from '@candor/runtime/metrics'
import { movableClock } from '@candor/testing/movable-clock'
import { startTestNats } from '@candor/testing/test-nats'
import type { TestNats } from '@candor/testing/test-nats'
import { testTokens } from '@candor/testing/test-tokens'
import { createTRPCClient, httpLink } from '@trpc/client'
import type { TRPCLink } from '@trpc/client'
import { kiosk, kioskHandlers } from './kiosk.ts'
import type { KioskEvents, KioskRouter } from './kiosk.ts'

/** The kiosk served at both doors, with real HTTP and real NATS. */
export async function startKiosk() {
  const stack = new AsyncDisposableStack()
  const nats = stack.use(await startTestNats())
  const tokens = await testTokens(movableClock())
  const operator = await nats.connect('operator')
  const first = await replica()

  async function replica() {
    const log = createLogger({ service: 'kiosk', level: 'silent' })
    const lifecycle = createLifecycle(log)
    stack.defer(() => lifecycle.stop())
    const events: KioskEvents = { aborted: [] }
    const metrics = createMetrics('kiosk')
    const observe = createObserve(log, metrics)
    const router = implement(kiosk, kioskHandlers(events), { observe, stopping: lifecycle.signal })
    const { verifyToken } = tokens
    const connection = await nats.connect('chat')
    serveNatsDoor(lifecycle, { contract: kiosk, router, nats: connection, verifyToken })
    await connection.flush()
    const door = createHttpDoor({ contract: kiosk, router, verifyToken })
    const port = await listen(lifecycle, 'http', { port: 0 }, (request, response) => {
      if (!door(request, response)) response.writeHead(404).end('elsewhere')
    })
    const stock = createStockDoor({
      router: publicPart(router, (name) => !isInternal(kiosk.procedures[name as never])),
      basePath: '/trpc/chat/',
      verifyToken,
    })
    const stockPort = await listen(lifecycle, 'stock', { port: 0 }, (request, response) => {
      void text(request).then((body) => stock(request, response, body))
    })
    const stockUrl = `http://127.0.0.1:${stockPort}/trpc/chat`
    return {
      url: `http://127.0.0.1:${port}/trpc/chat`,
      stockUrl,
      port,
      events,
      metrics,
      stop: () => lifecycle.stop(),
    }
  }

  const token = {
    visitor: (validSeconds?: number) =>
      tokens.sign(
        { kind: 'visitor', tenant: randomUUID(), sub: randomUUID(), session: randomUUID() },
        validSeconds,
      ),
    agent: () =>
      tokens.sign({
        kind: 'staff',
        role: 'agent',
        tenant: randomUUID(),
        sub: randomUUID(),
        session: randomUUID(),
      }),
  }
  return {
    ...first,
    nats,
    token,
    replica,
    overHttp: (token?: string) => clientOf([httpLink({ url: first.url, headers: bearer(token) })]),
    overNats: (token?: string, timeoutMs = 5_000) => {
      const authorization = token ? `Bearer ${token}` : undefined
      return createServiceClient(kiosk, {
        nats: operator,
        self: 'operator',
        timeoutMs,
        ...(authorization ? { authorization } : {}),
      })
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

export type Kiosk = Awaited<ReturnType<typeof startKiosk>>

export function clientOf(links: TRPCLink<KioskRouter>[]) {
  return createTRPCClient<KioskRouter>({ links })
}

export function bearer(token?: string): Record<string, string> {
  return token ? { authorization: `Bearer ${token}` } : {}
}

/** The kiosk as `self` sees it over NATS. */
export async function kioskAs(nats: TestNats, self: 'transcripts' | 'billing', timeoutMs = 1_000) {
  return createServiceClient(kiosk, { nats: await nats.connect(self), self, timeoutMs })
}
