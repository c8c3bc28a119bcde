import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { settleTarget } from '@candor/runtime/request-target'
import { createProxy } from './proxy.ts'
import type { Proxy } from './proxy.ts'
import { sendCallError, sendUnavailablePage } from './unavailable.ts'

/** One public address in front of the services, the mail page and the web pages. */
export async function startGateway(options: { port: number; backends: Backends }): Promise<Gateway> {
  const proxy = createProxy()
  const listener = (request: IncomingMessage, response: ServerResponse) =>
    route(proxy, options.backends, request, response)
  const servers = await listenOnLoopback(listener, options.port)
  return {
    port: (servers[0]!.address() as AddressInfo).port,
    async stop() {
      await Promise.all(servers.map(close))
      proxy.stop()
    },
  }
}

/** Serves the demo shop from an origin of its own, as the foreign page that it plays. */
export async function startShopGateway(options: { port: number; webPort: number }): Promise<Gateway> {
  return startGateway({
    port: options.port,
    backends: { web: options.webPort, services: {}, pathOfRoot: '/shop' },
  })
}

function route(proxy: Proxy, backends: Backends, request: IncomingMessage, response: ServerResponse): void {
  if (!settleTarget(request)) return void response.writeHead(400, { connection: 'close' }).end()
  const url = new URL(`http://local${request.url}`)
  const { pathname } = url
  if (pathname.startsWith('/trpc/')) return routeCall(proxy, backends, request, response, pathname)
  if (pathname.startsWith('/webhooks/')) {
    const service = pathname.split('/')[2]!
    const port = Object.hasOwn(backends.services, service) ? backends.services[service] : undefined
    const refuse = () =>
      sendCallError(response, { path: pathname, reason: 'unavailable', message: unavailable(service) })
    return port === undefined ? refuse() : proxy.forward(request, response, { port, onUnavailable: refuse })
  }
  const isMail = backends.mail !== undefined && /^\/mail(\/|$)/.test(pathname)
  const port = isMail ? backends.mail! : backends.web
  const path = pathname === '/' && backends.pathOfRoot ? backends.pathOfRoot + url.search : undefined
  proxy.forward(request, response, { port, path, onUnavailable: () => sendUnavailablePage(response) })
}

function routeCall(
  proxy: Proxy,
  backends: Backends,
  request: IncomingMessage,
  response: ServerResponse,
  pathname: string,
): void {
  const [, , service = '', ...procedure] = pathname.split('/')
  const path = procedure.join('/')
  if (!Object.hasOwn(backends.services, service)) {
    return sendCallError(response, {
      path,
      reason: 'no-such-procedure',
      message: `There is no service "${service}"`,
    })
  }
  proxy.forward(request, response, {
    port: backends.services[service]!,
    onUnavailable: () =>
      sendCallError(response, { path, reason: 'unavailable', message: unavailable(service) }),
  })
}

function unavailable(service: string): string {
  return `The service "${service}" cannot be reached just now`
}

/** On both loopback addresses, since `localhost` may mean either; a machine without IPv6 is served on one. */
async function listenOnLoopback(
  listener: (request: IncomingMessage, response: ServerResponse) => void,
  port: number,
): Promise<Server[]> {
  const first = await listen(listener, port, '127.0.0.1')
  try {
    return [first, await listen(listener, (first.address() as AddressInfo).port, '::1')]
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') return [first]
    await close(first)
    throw error
  }
}

async function listen(
  listener: (request: IncomingMessage, response: ServerResponse) => void,
  port: number,
  host: string,
): Promise<Server> {
  const server = createServer(listener)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return server
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

/** Ports on this machine. */
export interface Backends {
  readonly services: Readonly<Record<string, number>>
  readonly web: number
  readonly mail?: number
  /** What `/` shows, unless the web pages' own. */
  readonly pathOfRoot?: string
}

export interface Gateway {
  readonly port: number
  stop(): Promise<void>
}
