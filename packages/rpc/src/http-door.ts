import type { IncomingMessage, ServerResponse } from 'node:http'
import { isInternal } from '@candor/contracts/contract'
import type { AnyContract } from '@candor/contracts/contract'
import type { AnyTRPCRouter } from '@trpc/server'
import type { VerifyToken } from './access-token.ts'
import { answerPreflight, writeHead } from './any-origin.ts'
import { answerCalls } from './answer-calls.ts'
import { answerLines } from './answer-lines.ts'
import { describeRequest } from './describe-request.ts'
import { formatError } from './format-error.ts'
import { batchSizeMax, readCalls } from './http-calls.ts'
import { publicPart } from './public-part.ts'
import { readBody } from './read-body.ts'
import { sendEvents } from './send-events.ts'
import { ServiceError } from './service-error.ts'
import { createStockDoor } from './stock-door.ts'

/**
 * Serves a contract's public procedures under `/trpc/<service>/` to stock tRPC clients from any origin: callers are
 * known by bearer tokens, never by cookies, so no page can borrow another's identity. Well-formed calls, batches and
 * subscriptions are answered here, in tRPC's wire format; tRPC's own adapter, several times as dear, has the rest.
 * Answers whether the request was its own.
 *
 * Calls in flight have no bound of their own, as those over NATS have, where one connection brings them all: here each
 * connection has one request under way, and what a handler waits for, the database above all, gives up within seconds.
 */
export function createHttpDoor(options: {
  contract: AnyContract
  router: AnyTRPCRouter
  verifyToken: VerifyToken
}): (request: IncomingMessage, response: ServerResponse) => boolean {
  const { contract, verifyToken } = options
  const basePath = `/trpc/${contract.name}/`
  const router = publicPart(options.router, (name) => !isInternal(contract.procedures[name]!))
  const stock = createStockDoor({ router, basePath, verifyToken })

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body: string | undefined
    try {
      body = await readBody(request, maxBodyBytes)
    } catch (thrown) {
      // A caller that broke off is not there to be told.
      if (!(thrown instanceof ServiceError)) return void response.destroy()
      request.resume()
      return stock(request, response, '', thrown)
    }
    const calls = readCalls(request, basePath, router, body)
    if (!calls) return stock(request, response, body ?? '')
    if (calls === 'too-many') return refuse(response, tooMany())
    const { connectionParams } = calls
    const ctx = await describeRequest({ request, response, verifyToken, connectionParams })
    if (calls.as === 'events') await sendEvents(router, calls.list[0]!, ctx, response)
    else if (calls.as === 'lines') await answerLines(router, calls.list, ctx, response)
    else await answerCalls(router, calls, ctx, response)
  }

  return (request, response) => {
    if (!request.url?.startsWith(basePath)) return false
    if (request.method === 'OPTIONS') answerPreflight(response)
    else if (!served.has(request.method ?? '')) refuseMethod(response)
    else serve(request, response).catch(() => response.destroy())
    return true
  }
}

const served = new Set(['GET', 'HEAD', 'POST'])

function refuseMethod(response: ServerResponse): void {
  response.setHeader('allow', 'GET, HEAD, POST, OPTIONS')
  refuse(response, new ServiceError('wrong-method', 'queries are called with GET, mutations with POST'))
}

function tooMany(): ServiceError {
  return new ServiceError('too-large', `a batch has at most ${batchSizeMax} calls; send several`)
}

/** Answers a request as a whole, whatever calls it holds. */
function refuse(response: ServerResponse, refused: ServiceError): void {
  const error = formatError({ error: refused, path: undefined, ctx: undefined })
  writeHead(response, error.data.httpStatus, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ error }))
}

/** Fits the longest message in the widest encoding, with room for a full batch of small calls. */
const maxBodyBytes = 128 * 1024
