import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createProxy } from '@candor/local/gateway/proxy'

/** One address for the replicas of a service, which are asked by turns for as long as it is told of them. */
export async function startBalancer(): Promise<Balancer> {
  const proxy = createProxy()
  const ports: number[] = []
  let turn = 0
  const server = createServer((request, response) => {
    const refuse = () => response.writeHead(502, { 'content-type': 'text/plain' }).end('bad gateway\n')
    const port = ports[turn++ % ports.length]
    if (port === undefined) return refuse()
    proxy.forward(request, response, { port, onUnavailable: refuse })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    add: (port) => void ports.push(port),
    remove: (port) => void ports.splice(ports.indexOf(port), 1),
    async [Symbol.asyncDispose]() {
      proxy.stop()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export interface Balancer extends AsyncDisposable {
  port: number
  add(port: number): void
  remove(port: number): void
}
