import type { IncomingMessage, ServerResponse } from 'node:http'
import { isInternal } from '@candor/contracts/contract'
import type { AnyContract } from '@candor/contracts/contract'
import { continueTrace } from '@candor/runtime/trace'
import type { AnyTRPCRouter } from '@trpc/server'
import { createHTTPHandler } from '@trpc/server/adapters/standalone'
import type { VerifyToken } from './access-token.ts'
import { authenticate } from './authenticate.ts'
import type { DoorContext } from './call.ts'
import { formatError } from './format-error.ts'
import { publicPart } from './public-part.ts'
import { readBody } from './read-body.ts'
import { ServiceError } from './service-error.ts'
import { readSignals } from './signals.ts'

/**
 * Serves a contract's public procedures under `/trpc/<service>/` to stock tRPC clients from any origin: callers are
 * known by bearer tokens, never by cookies, so no page can borrow another's identity. Answers whether the request
 * was its own.
 */
export function createHttpDoor(options: {
  contract: AnyContract
  router: AnyTRPCRouter
  verifyToken: VerifyToken
}): (request: IncomingMessage, response: ServerResponse) => boolean {
  const basePath = `/trpc/${options.contract.name}/`
  const refusals = new WeakMap<IncomingMessage, ServiceError>()
  const handle = createHTTPHandler({
    router: publicPart(options.router, (name) => !isInternal(options.contract.procedures[name]!)),
    basePath,
    maxBatchSize: 50,
    createContext: async ({ req, info }): Promise<DoorContext> => {
      const refusal = refusals.get(req)
      if (refusal) throw refusal
      return {
        door: 'http',
        trace: continueTrace(req.headers.traceparent as string | undefined),
        remoteAddress: remoteAddress(req),
        device: req.headers['user-agent']?.slice(0, 200) ?? null,
        purpose: (req.headers['data-purpose'] as string | undefined) ?? null,
        timeoutMs: null,
        signals: readSignals(req.headers),
        authentication: await authenticate(
          options.verifyToken,
          req.headers.authorization ?? bearer(info.connectionParams?.token),
          { kind: 'anyone' },
        ),
      }
    },
  })

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body: string | undefined
    try {
      body = await readBody(request, maxBodyBytes)
    } catch (thrown) {
      // A caller that broke off is not there to be told.
      if (!(thrown instanceof ServiceError)) return void response.destroy()
      refusals.set(request, thrown)
      request.resume()
    }
    handle(Object.assign(request, { body: body ?? '' }), response)
  }

  return (request, response) => {
    if (!request.url?.startsWith(basePath)) return false
    allowAnyOrigin(response)
    if (request.method === 'OPTIONS') response.writeHead(204).end()
    else if (!served.has(request.method ?? '')) refuseMethod(response)
    else void serve(request, response)
    return true
  }
}

const served = new Set(['GET', 'HEAD', 'POST'])

function refuseMethod(response: ServerResponse): void {
  const refused = new ServiceError('wrong-method', 'queries are called with GET, mutations with POST')
  const body = { error: formatError({ error: refused, path: undefined, ctx: undefined }) }
  response.writeHead(405, { 'content-type': 'application/json', allow: 'GET, HEAD, POST, OPTIONS' })
  response.end(JSON.stringify(body))
}

/** Fits the longest message in the widest encoding, with room for a full batch of small calls. */
const maxBodyBytes = 128 * 1024

function bearer(token: string | undefined): string | undefined {
  return token === undefined ? undefined : `Bearer ${token}`
}

/** The platform's own proxy is the last to append to the header; what stands before it a client may have made up. */
function remoteAddress(request: IncomingMessage): string | null {
  const forwarded = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .at(-1)
    ?.trim()
  return forwarded || request.socket.remoteAddress || null
}

function allowAnyOrigin(response: ServerResponse): void {
  response.setHeader('access-control-allow-origin', '*')
  response.setHeader('access-control-allow-methods', 'GET, POST, OPTIONS')
  response.setHeader(
    'access-control-allow-headers',
    'authorization, content-type, data-purpose, trpc-accept, trpc-batch-mode, traceparent, last-event-id',
  )
  response.setHeader('access-control-max-age', '600')
  response.setHeader('cache-control', 'no-store')
  response.setHeader('x-content-type-options', 'nosniff')
}
