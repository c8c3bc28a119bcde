import { createServer } from 'node:http'
import type { RequestListener, Server, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Lifecycle } from './lifecycle.ts'
import type { Log } from './logger.ts'
import { settleTarget } from './request-target.ts'

/**
 * Listens on `port` (0: a free one), of one address or of all, and answers the port. Who is answered while
 * the process is leaving is told to connect anew, elsewhere. On stop, new connections are refused and open ones finish.
 * A handler's `request.url` always begins with a slash. One that throws costs its own request, not the process.
 */
export async function listen(
  lifecycle: Lifecycle,
  name: string,
  at: { port: number; host?: string | undefined; silenceMsMax?: number },
  handler: RequestListener,
) {
  const answering = new Set<ServerResponse>()
  const answer = caught(lifecycle.log, handler)
  const inTurn = takeTurns((request, response) => {
    if (lifecycle.leaving.aborted) response.setHeader('connection', 'close')
    answering.add(response)
    response.once('close', () => answering.delete(response))
    if (settleTarget(request)) answer(request, response)
    else response.writeHead(400, { 'content-type': 'text/plain', connection: 'close' }).end('bad request\n')
  })
  const server = createServer(
    { requestTimeout: 30_000, headersTimeout: 10_000, keepAliveTimeout: 65_000 },
    inTurn,
  )
  // Who reads nothing of an answer is cut, once nothing went either way for so long; the answer is held in memory.
  server.timeout = at.silenceMsMax ?? 30_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(at.port, at.host, resolve)
  })
  lifecycle.onStop(name, () => close(server, answering))
  return (server.address() as AddressInfo).port
}

function caught(log: Log, handle: RequestListener): RequestListener {
  return (request, response) => {
    try {
      handle(request, response)
    } catch (err) {
      log.error({ err }, 'a request was not expected')
      if (response.headersSent) return void response.destroy()
      response.writeHead(500, { 'content-type': 'text/plain', connection: 'close' }).end('failed\n')
    }
  }
}

/**
 * Requests that come on one connection before the first is answered (RFC 9112, section 9.3.2) are handled one after the
 * other, so that no connection has more under way than any other, and none behind an answer that is the last. Who sends
 * more ahead than any client does is cut: every one of them is held in memory.
 */
function takeTurns(handle: RequestListener): RequestListener {
  const ahead = new WeakMap<Socket, number>()
  return (request, response) => {
    if (response.socket) return void handle(request, response)
    const { socket } = request
    const waiting = (ahead.get(socket) ?? 0) + 1
    ahead.set(socket, waiting)
    if (waiting > aheadMax) return void socket.destroy()
    response.once('socket', () => {
      ahead.set(socket, ahead.get(socket)! - 1)
      handle(request, response)
    })
  }
}

const aheadMax = 16

/** Connections still busy after five seconds are cut: by then every answer has had its deadline. */
async function close(server: Server, answering: ReadonlySet<ServerResponse>): Promise<void> {
  const cut = setTimeout(() => server.closeAllConnections(), 5_000)
  const closed = new Promise((resolve) => server.close(resolve))
  // A connection kept alive after its last answer would hold the server open.
  for (const response of answering) {
    if (!response.headersSent) response.setHeader('connection', 'close')
    response.once('close', () => setImmediate(() => server.closeIdleConnections()))
  }
  await closed
  clearTimeout(cut)
}
