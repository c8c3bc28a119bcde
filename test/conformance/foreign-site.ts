import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * A page of somebody who knows nothing of Candor but the script tag, and a third party that would like to know who
 * looks at it: two hosts, apart from the platform's and from each other.
 */
export async function startForeignSite(platformUrl: string): Promise<ForeignSite> {
  const seen: string[] = []
  const server = createServer((request, response) => {
    const { host = '' } = request.headers
    const address = new URL(request.url ?? '/', `http://${host}`)
    if (address.hostname === thirdParty) {
      seen.push(address.search.slice(1))
      return void response.writeHead(200, { 'content-type': 'image/gif' }).end(pixel)
    }
    const key = address.searchParams.get('key') ?? ''
    const tracked = `<img alt="" data-candor-purpose="statistics" data-src="http://${thirdParty}:${port()}/pixel.gif?${key}">`
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    response.end(`<!doctype html><html lang="en"><head><title>A shop</title></head><body>
      <h1>A shop</h1>${tracked}<a id="next" href="?key=${key}">Next</a>
      <script src="${platformUrl}/widget.js" data-key="${key}" data-consent async></script></body></html>`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const port = () => (server.address() as AddressInfo).port
  return {
    pageOf: (widgetKey, query = '') => `http://shop.localhost:${port()}/?key=${widgetKey}${query}`,
    thirdParty,
    toldThirdParty: (widgetKey) => seen.filter((key) => key === widgetKey).length,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const thirdParty = 'statistics.localhost'
const pixel = Buffer.from('R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==', 'base64')

export interface ForeignSite extends AsyncDisposable {
  /** The page that embeds the chat of the business with this key. */
  pageOf(widgetKey: string, query?: string): string
  /** The host of a third party whose pixel stands on the page, for statistics. */
  thirdParty: string
  /** How often that third party was told of a visit to that page. */
  toldThirdParty(widgetKey: string): number
}
