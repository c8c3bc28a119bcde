import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'
import { places } from '#places'
import sirv from 'sirv'
import type { WebConfig } from './config.ts'
import { shopHeaders } from './headers.ts'
import type { Answered } from './router.ts'
import { refuse } from './refuse.ts'
import { readWidgetKey } from './widget-key.ts'

/**
 * The demo shop: somebody else's page that embeds the widget and knows nothing else of Candor. Whose chat it shows
 * comes from `?key=`, or from the configured file.
 */
export async function createShop(config: WebConfig): Promise<Shop> {
  const template = await readFile(new URL('index.html', places.shop), 'utf8')
  const headers = shopHeaders(config.PUBLIC_URL ? new URL(config.PUBLIC_URL).origin : "'self'")
  const files = sirv(fileURLToPath(new URL('public/', places.shop)), { etag: true })

  async function send(url: URL, response: ServerResponse) {
    const key = url.searchParams.get('key') ?? (await readWidgetKey(config.WIDGET_KEY_FILE))
    response.setHeaders(headers)
    response.end(template.replace('<!-- widget -->', () => embed(config.PUBLIC_URL ?? '', key)))
  }

  return (url, request, response) => {
    if (url.pathname === '/shop' || url.pathname === '/shop/') {
      void send(url, response)
      return 'shop'
    }
    request.url = url.pathname.slice('/shop'.length)
    files(request, response, () => void refuse(response, 404))
    return 'shop'
  }
}

/** Without a key it could be, the shop stands there without chat. */
function embed(publicUrl: string, key: string | null): string {
  if (!key || !/^[\w.-]{1,80}$/.test(key)) return ''
  return `<script src="${publicUrl}/widget.js" data-key="${key}" data-consent async></script>`
}

type Shop = (url: URL, request: IncomingMessage, response: ServerResponse) => Answered
