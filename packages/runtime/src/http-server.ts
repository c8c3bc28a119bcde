import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Lifecycle } from './lifecycle.ts'

/** Listens on `port` (0: a free one) and answers the port. On stop, new connections are refused and open ones finish. */
export async function listen(lifecycle: Lifecycle, name: string, port: number, handler: RequestListener) {
  const server = createServer(
    { requestTimeout: 30_000, headersTimeout: 10_000, keepAliveTimeout: 65_000 },
    handler,
  )
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, resolve)
  })
  lifecycle.onStop(name, () => close(server))
  return (server.address() as AddressInfo).port
}

/** Connections still busy after five seconds are cut: by then every answer has had its deadline. */
function close(server: Server): Promise<void> {
  const cut = setTimeout(() => server.closeAllConnections(), 5_000)
  return new Promise((resolve) => {
    server.close(() => {
      clearTimeout(cut)
      resolve()
    })
    server.closeIdleConnections()
  })
}
