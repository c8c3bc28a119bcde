import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'

/** What every answer carries: pages of any origin may read it, nothing in between may keep it. */
export const anyOrigin = {
  'access-control-allow-origin': '*',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
}

/** The head of an answer at once: headers set one by one are checked, kept and looked up once more. */
export function writeHead(response: ServerResponse, status: number, headers: OutgoingHttpHeaders): void {
  response.writeHead(status, { ...anyOrigin, vary: 'trpc-accept, accept', ...headers })
}

/** Tells a browser that asks first what a page may send (Fetch Standard, section 3.2.2). */
export function answerPreflight(response: ServerResponse): void {
  response.writeHead(204, {
    ...anyOrigin,
    'access-control-allow-methods': 'GET, POST, OPTIONS',
    'access-control-allow-headers':
      'authorization, content-type, data-purpose, trpc-accept, trpc-batch-mode, traceparent, last-event-id',
    'access-control-max-age': '600',
  })
  response.end()
}
