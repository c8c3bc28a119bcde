import type { CallingService } from '@candor/contracts/callers'
import { rpcSubject } from '@candor/contracts/subjects'
import { traceparent } from '@candor/runtime/trace'
import { headers as natsHeaders } from '@nats-io/transport-node'
import type { NatsConnection } from '@nats-io/transport-node'
import { TRPCClientError } from '@trpc/client'
import type { TRPCLink } from '@trpc/client'
import { observable } from '@trpc/server/observable'
import type { AnyTRPCRouter } from '@trpc/server'
import { formatError } from './format-error.ts'
import { natsRequest, NobodyThereError } from './nats-request.ts'
import { ServiceError } from './service-error.ts'

/**
 * A tRPC link over NATS request and reply. A call nobody was there to take is tried again until its deadline, for
 * nothing can have happened; one that was taken and not answered fails as retryable and the caller decides.
 */
export function natsLink(
  service: string,
  { timeoutMs = 5_000, ...options }: Sender & { timeoutMs?: number },
): TRPCLink<any> {
  const sender = { ...options, service }
  return () =>
    ({ op }) =>
      observable((observer) => {
        const subject = rpcSubject(service, op.path, options.self)
        const deadline = performance.now() + timeoutMs
        request(sender, subject, op.input, deadline)
          .then((bytes) => {
            const answer = JSON.parse(new TextDecoder().decode(bytes)) as {
              error?: any
              result: { data: unknown }
            }
            if (answer.error) return observer.error(TRPCClientError.from(answer))
            observer.next({ result: { type: 'data', data: answer.result.data } })
            observer.complete()
          })
          .catch((cause: Error) => observer.error(describe(cause, subject, op.path)))
      })
}

async function request(
  options: Sender & { service: string },
  subject: string,
  input: unknown,
  deadline: number,
): Promise<Uint8Array> {
  const payload = JSON.stringify({ input })
  const bytesMax = (options.nats.info?.max_payload ?? 1_048_576) - headerBytes
  if (Buffer.byteLength(payload) > bytesMax) throw new ServiceError('too-large', 'the request is too large')
  while (true) {
    const timeoutMs = Math.max(1, Math.round(deadline - performance.now()))
    const headers = natsHeaders()
    headers.set('timeout-ms', String(timeoutMs))
    const parent = traceparent()
    if (parent) headers.set('traceparent', parent)
    if (options.authorization) headers.set('authorization', options.authorization)
    try {
      return await natsRequest(options.nats, subject, payload, {
        service: options.service,
        self: options.self,
        timeoutMs,
        headers,
      })
    } catch (err) {
      if (!(err instanceof NobodyThereError) || deadline - performance.now() < retryAfterMs) throw err
      await new Promise((resolve) => setTimeout(resolve, retryAfterMs))
    }
  }
}

const retryAfterMs = 100

/** Room for the headers, of which a token is the longest, within the broker's limit for one message. */
const headerBytes = 8_192

function describe(cause: Error, subject: string, path: string): TRPCClientError<AnyTRPCRouter> {
  const error =
    cause instanceof ServiceError ? cause : new ServiceError('unavailable', `${subject} did not answer`)
  const shape = formatError({ error, path, ctx: undefined })
  return TRPCClientError.from({ error: shape } as never, { meta: { cause: cause.name } })
}

interface Sender {
  nats: NatsConnection
  self: CallingService
  authorization?: string
}
