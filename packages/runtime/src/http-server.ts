import { createServer } from 'node:http'
import type { RequestListener, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Lifecycle } from './lifecycle.ts'

/**
 * Listens on `port` (0: a free one), of one address or of all, and answers the port. Who is answered while
 * the process is leaving is told to connect anew, elsewhere. On stop, new connections are refused and open ones finish.
 */
export async function listen(
  lifecycle: Lifecycle,
  name: string,
  at: { port: number; host?: string | undefined },
  handler: RequestListener,
) {
  const server = createServer(
    { requestTimeout: 30_000, headersTimeout: 10_000, keepAliveTimeout: 65_000 },
    handler,
  )
  const answering = new Set<ServerResponse>()
  server.prependListener('request', (_request, response) => {
    if (lifecycle.leaving.aborted) response.setHeader('connection', 'close')
    answering.add(response)
    response.once('close', () => answering.delete(response))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(at.port, at.host, resolve)
  })
  lifecycle.onStop(name, () => close(server, answering))
  return (server.address() as AddressInfo).port
}

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
