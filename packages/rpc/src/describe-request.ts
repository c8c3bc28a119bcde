import type { IncomingMessage, ServerResponse } from 'node:http'
import { continueTrace } from '@candor/runtime/trace'
import type { VerifyToken } from './access-token.ts'
import { authenticate } from './authenticate.ts'
import type { DoorContext } from './call.ts'
import { readSignals } from './signals.ts'

/** What a request over HTTP says of its caller. With its response, it can tell when the caller goes away. */
export async function describeRequest(options: {
  request: IncomingMessage
  response?: ServerResponse
  verifyToken: VerifyToken
  /** What tRPC's clients send where they cannot send headers. */
  connectionParams: NodeJS.Dict<string> | null
}): Promise<DoorContext> {
  const { request, response, connectionParams } = options
  const { headers } = request
  const token = connectionParams?.token
  return {
    door: 'http',
    trace: continueTrace(headers.traceparent as string | undefined),
    remoteAddress: remoteAddress(request),
    device: headers['user-agent']?.slice(0, 200) ?? null,
    purpose: (headers['data-purpose'] as string | undefined) ?? null,
    timeoutMs: null,
    signals: readSignals(headers),
    ...(response ? { gone: goneOf(response) } : {}),
    authentication: await authenticate(
      options.verifyToken,
      headers.authorization ?? (token === undefined ? undefined : `Bearer ${token}`),
      { kind: 'anyone' },
    ),
  }
}

function goneOf(response: ServerResponse): () => AbortSignal {
  let over: AbortController | undefined
  return () => {
    if (over) return over.signal
    const made = (over = new AbortController())
    if (response.destroyed) made.abort()
    else response.once('close', () => made.abort())
    return made.signal
  }
}

/** The platform's own proxy is the last to append to the header; what stands before it a client may have made up. */
function remoteAddress(request: IncomingMessage): string | null {
  const forwarded = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .at(-1)
    ?.trim()
  return forwarded || request.socket.remoteAddress || null
}
