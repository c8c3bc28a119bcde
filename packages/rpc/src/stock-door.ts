import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AnyTRPCRouter } from '@trpc/server'
import { createHTTPHandler } from '@trpc/server/adapters/standalone'
import { anyOrigin } from './any-origin.ts'
import type { VerifyToken } from './access-token.ts'
import { describeRequest } from './describe-request.ts'
import { batchSizeMax } from './http-calls.ts'
import type { ServiceError } from './service-error.ts'

/**
 * tRPC's own adapter: it has every request that is out of the ordinary, and says what is wrong with it. The body has
 * been read; `refusal` is what was wrong with that.
 */
export function createStockDoor(options: {
  router: AnyTRPCRouter
  basePath: string
  verifyToken: VerifyToken
}): (request: IncomingMessage, response: ServerResponse, body: string, refusal?: ServiceError) => void {
  const { router, basePath, verifyToken } = options
  const refusals = new WeakMap<IncomingMessage, ServiceError>()
  const handle = createHTTPHandler({
    router,
    basePath,
    maxBatchSize: batchSizeMax,
    createContext: ({ req, info }) => {
      const refusal = refusals.get(req)
      if (refusal) throw refusal
      return describeRequest({ request: req, verifyToken, connectionParams: info.connectionParams })
    },
  })
  return (request, response, body, refusal) => {
    response.setHeaders(new Map(Object.entries(anyOrigin)))
    if (refusal) refusals.set(request, refusal)
    handle(Object.assign(request, { body }), response)
  }
}
