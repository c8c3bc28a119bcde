import type { ServerResponse } from 'node:http'

/** Says no in plain text: no page of ours stands there. */
export function refuse(response: ServerResponse, status: 404 | 405): 'refused' {
  response
    .writeHead(status, { 'content-type': 'text/plain' })
    .end(status === 404 ? 'not found' : 'method not allowed')
  return 'refused'
}
