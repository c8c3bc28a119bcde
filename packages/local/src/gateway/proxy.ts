import { Agent, request as sendRequest } from 'node:http'
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream'

/**
 * Passes requests on to backends on this machine. Bodies stream both ways as they come; whoever hangs up, the other
 * side learns of it.
 */
export function createProxy(): Proxy {
  // Shorter than Node's own keep-alive of five seconds: we close an idle connection before the backend does.
  const agent = new Agent({ keepAlive: true, timeout: 4_000 })

  function forward(incoming: IncomingMessage, response: ServerResponse, target: Target) {
    if (hasStrayBody(incoming)) return refuseBody(response)
    const outgoing = sendRequest({
      agent,
      host: '127.0.0.1',
      port: target.port,
      method: incoming.method,
      path: target.path ?? incoming.url,
      headers: requestHeaders(incoming),
    })
    outgoing.once('response', (answer) => {
      response.writeHead(answer.statusCode!, answer.statusMessage, endToEnd(answer.headers))
      response.flushHeaders()
      // A backend that breaks off must not look like one that finished: `pipeline` destroys our response as well.
      pipeline(answer, response, () => {})
    })
    outgoing.once('error', () => {
      if (response.headersSent || response.destroyed) return response.destroy()
      incoming.unpipe(outgoing)
      incoming.resume()
      target.onUnavailable()
    })
    response.once('close', () => {
      // What is left of a body that was answered early is read away, or the connection could carry no further request.
      incoming.unpipe(outgoing)
      incoming.resume()
      outgoing.destroy()
    })
    incoming.pipe(outgoing)
  }

  return { forward, stop: () => agent.destroy() }
}

/**
 * A body on a method that has none (RFC 9110, section 9.3.1) would go on without the frame that tells where it ends,
 * and the backend would read it as another request on a connection that others share.
 */
function hasStrayBody({ method, headers }: IncomingMessage): boolean {
  const announced = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
  return announced && !framed.has(method ?? '')
}

/** Methods whose bodies Node's client frames by itself. */
const framed = new Set(['POST', 'PUT', 'PATCH'])

function refuseBody(response: ServerResponse): void {
  response
    .writeHead(400, { 'content-type': 'text/plain', connection: 'close' })
    .end('this method takes no body\n')
}

/** Who called is what our own socket says, whatever the caller claims. */
function requestHeaders(incoming: IncomingMessage): OutgoingHttpHeaders {
  const headers = endToEnd(incoming.headers)
  for (const name of Object.keys(headers)) {
    if (name === 'forwarded' || name.startsWith('x-forwarded-')) delete headers[name]
  }
  headers['x-forwarded-for'] = incoming.socket.remoteAddress ?? 'unknown'
  headers['x-forwarded-host'] = incoming.headers.host ?? 'localhost'
  headers['x-forwarded-proto'] = 'http'
  return headers
}

/** Headers about one connection stay on it (RFC 9110, section 7.6.1). */
function endToEnd(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const named = (headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase())
  const kept = Object.entries(headers).filter(([name]) => !hopByHop.has(name) && !named.includes(name))
  return Object.fromEntries(kept)
}

const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

export interface Proxy {
  forward(incoming: IncomingMessage, response: ServerResponse, target: Target): void
  stop(): void
}

export interface Target {
  port: number
  /** The path asked for, unless given. */
  path?: string
  /** Called when the backend did not answer, with nothing sent yet. */
  onUnavailable: () => void
}
