import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createProxy } from '@candor/local/gateway/proxy'

/** A proxy in front of `url` that answers 502 to one request in ten. */
export async function startFlakyProxy(url: string, random: () => number): Promise<FlakyProxy> {
  const proxy = createProxy()
  const port = Number(new URL(url).port)
  let refused = 0
  const server = createServer((request, response) => {
    const refuse = () => {
      refused++
      response.writeHead(502, { 'content-type': 'text/plain' }).end('bad gateway\n')
    }
    if (random() < 0.1) return refuse()
    proxy.forward(request, response, { port, onUnavailable: refuse })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    refused: () => refused,
    async [Symbol.asyncDispose]() {
      proxy.stop()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

interface FlakyProxy extends AsyncDisposable {
  url: string
  refused(): number
}
