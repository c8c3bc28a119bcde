import type { IncomingMessage, ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'
import { places } from '#places'
import sirv from 'sirv'
import type { WebConfig } from './config.ts'
import { createGpcStatement } from './gpc.ts'
import { pageHeaders } from './headers.ts'
import { readPages } from './pages.ts'
import type { Pages } from './pages.ts'
import { refuse } from './refuse.ts'
import { createShop } from './shop.ts'
import { createWidget, widgetFiles } from './widget.ts'

/** Which answer an address gets. Console and privacy centre route by themselves below their own address. */
export async function createRouter(
  config: WebConfig,
  distFolder = fileURLToPath(places.pages),
): Promise<Router> {
  const pages = await readPages(distFolder)
  const shop = await createShop(config)
  const widget = createWidget()
  const tellGpc = createGpcStatement(config)
  const headers = pageHeaders(config)
  const files = sirv(distFolder, { etag: true, immutable: true, maxAge: 31_536_000 })

  return (request, response) => {
    // Not as relative to a base: `//[` would be a host, and no URL.
    const url = new URL(`http://web${request.url}`)
    response.setHeader('x-content-type-options', 'nosniff')
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD')
      return refuse(response, 405)
    }
    if (url.pathname.startsWith('/assets/')) {
      files(request, response, () => void refuse(response, 404))
      return 'asset'
    }
    if (url.pathname === '/.well-known/gpc.json') return tellGpc(url, response)
    if (widgetFiles.has(url.pathname)) return widget(request, response)
    if (url.pathname === '/shop' || url.pathname.startsWith('/shop/')) return shop(url, request, response)
    if (isFileOrApi(url.pathname)) return refuse(response, 404)
    response.setHeaders(headers)
    response.end(pageAt(url.pathname, pages))
    return 'page'
  }
}

function pageAt(pathname: string, pages: Pages): Buffer {
  if (pathname === '/privacy' || pathname.startsWith('/privacy/')) return pages.privacy
  return pathname === '/api-reference' ? pages.apiReference : pages.console
}

/** What can only be a mistake must not get a page with status 200. */
function isFileOrApi(pathname: string): boolean {
  return /^\/(trpc|webhooks)(\/|$)/.test(pathname) || /\.[a-z0-9]+$/i.test(pathname)
}

export type Answered = 'page' | 'asset' | 'widget' | 'shop' | 'gpc' | 'refused'
export type Router = (request: IncomingMessage, response: ServerResponse) => Answered
