import { createServer } from 'node:http'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Serves on a loopback port; `stop` ends the connections that are still open. */
export async function startHttp(listener: RequestListener, wantedPort: number): Promise<Http> {
  const server = createServer(listener)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(wantedPort, '127.0.0.1', resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Answers with the first route that fits the method and the whole path, or with 404. */
export function serveRoutes(routes: Route[]): RequestListener {
  return (request, response) => {
    const url = URL.parse(`http://local${request.url}`) ?? new URL('http://local/')
    for (const [method, pattern, handle] of routes) {
      const match = request.method === method && pattern.exec(url.pathname)
      if (!match) continue
      const answer = async () => handle({ request, response, url, captures: match.slice(1) })
      answer().catch((error) => {
        if (!response.headersSent) sendJson(response, error.status ?? 500, { error: error.message })
        else response.destroy()
      })
      return
    }
    sendJson(response, 404, { error: 'There is nothing at this address.' })
  }
}

/** Throwing it from a route answers with this status and message. */
export class HttpError extends Error {
  override name = 'HttpError'
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  })
  response.end(JSON.stringify(body))
}

export function redirect(response: ServerResponse, location: string): void {
  response.writeHead(303, { location, 'cache-control': 'no-store' }).end()
}

/** The whole body as text; more than `maxBytes` is refused. */
export async function readBody(request: IncomingMessage, maxBytes = 64 * 1024): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBytes) throw new HttpError(413, 'The body is too large.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

export interface Http {
  readonly port: number
  stop(): Promise<void>
}

export type Route = [method: string, pattern: RegExp, handle: (context: RouteContext) => void | Promise<void>]

export interface RouteContext {
  request: IncomingMessage
  response: ServerResponse
  url: URL
  captures: string[]
}
