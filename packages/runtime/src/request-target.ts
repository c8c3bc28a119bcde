import type { IncomingMessage } from 'node:http'

/**
 * Makes a request's `url` the path that is asked for, also where it came as a whole address (RFC 9112, section 3.2). False
 * for one that means nothing certain: of two hosts, or for what is no path.
 */
export function settleTarget(request: IncomingMessage): boolean {
  if (countHosts(request) > 1) return false
  const { url = '' } = request
  if (url.startsWith('/')) return true
  if (url === '*' && request.method === 'OPTIONS') {
    request.url = '/'
    return true
  }
  const [, host, path] = /^https?:\/\/([^/?#]+)(.*)$/i.exec(url) ?? []
  if (host === undefined || path === undefined) return false
  request.url = path.startsWith('/') ? path : `/${path}`
  request.headers.host = host
  return true
}

/** Node keeps the first of two and says nothing of the other; `headersDistinct` would make a table of all headers for that. */
function countHosts({ rawHeaders }: IncomingMessage): number {
  return rawHeaders.filter((text, at) => at % 2 === 0 && text.length === 4 && text.toLowerCase() === 'host')
    .length
}
