import type { ServerResponse } from 'node:http'

/** What every answer carries: pages of any origin may read it, nothing in between may keep it. */
export function allowAnyOrigin(response: ServerResponse): void {
  response.setHeader('access-control-allow-origin', '*')
  response.setHeader('cache-control', 'no-store')
  response.setHeader('x-content-type-options', 'nosniff')
}

/** Tells a browser that asks first what a page may send (Fetch Standard, section 3.2.2). */
export function answerPreflight(response: ServerResponse): void {
  response.writeHead(204, {
    'access-control-allow-methods': 'GET, POST, OPTIONS',
    'access-control-allow-headers':
      'authorization, content-type, data-purpose, trpc-accept, trpc-batch-mode, traceparent, last-event-id',
    'access-control-max-age': '600',
  })
  response.end()
}
