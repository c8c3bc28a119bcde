import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Deps } from './domain/deps.ts'
import { stopNews } from './domain/marketing/stop-news.ts'

/**
 * `POST /webhooks/privacy/stop-news?token=...`: what a mail program calls by itself when its user says "unsubscribe"
 * (RFC 8058). A GET does nothing, for mail scanners open every link.
 */
export function stopNewsRoute(deps: Deps): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    const url = new URL(`http://privacy${request.url}`)
    if (url.pathname !== '/webhooks/privacy/stop-news') return false
    request.resume()
    if (request.method !== 'POST') {
      response.writeHead(405, { allow: 'POST', 'content-type': 'text/plain' }).end('method not allowed\n')
      return true
    }
    stopNews(deps, { token: url.searchParams.get('token') ?? '' }).then(
      () => response.writeHead(200, { 'content-type': 'text/plain' }).end('stopped\n'),
      (err: unknown) => {
        const isOurs = (err as { reason?: string }).reason === 'bad-credentials'
        response.writeHead(isOurs ? 400 : 503, { 'content-type': 'text/plain' }).end('not stopped\n')
      },
    )
    return true
  }
}
