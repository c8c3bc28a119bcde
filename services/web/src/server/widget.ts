import type { IncomingMessage, ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'
import { places } from '#places'
import sirv from 'sirv'
import type { Answered } from './router.ts'
import { refuse } from './refuse.ts'

/** The widget script as its own workspace builds it. Foreign pages load it, so any origin may. */
export function createWidget(): (request: IncomingMessage, response: ServerResponse) => Answered {
  const files = sirv(fileURLToPath(places.widget), {
    dev: true,
    etag: true,
    setHeaders(response) {
      // Its address never changes, so what it holds may: each site has the new one within minutes.
      response.setHeader('cache-control', 'public, max-age=300')
      response.setHeader('cross-origin-resource-policy', 'cross-origin')
      response.setHeader('access-control-allow-origin', '*')
    },
  })
  return (request, response) => {
    files(request, response, () => void refuse(response, 404))
    return 'widget'
  }
}

/** By their addresses. */
export const widgetFiles: ReadonlySet<string> = new Set([
  '/widget.js',
  '/widget-after.js',
  '/widget-consent.js',
])
