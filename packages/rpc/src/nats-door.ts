import { isUtf8 } from 'node:buffer'
import type { AnyContract } from '@candor/contracts/contract'
import type { CallingService } from '@candor/contracts/callers'
import { rpcSubject } from '@candor/contracts/subjects'
import type { Lifecycle } from '@candor/runtime/lifecycle'
import { continueTrace } from '@candor/runtime/trace'
import type { Msg, NatsConnection } from '@nats-io/transport-node'
import type { AnyTRPCRouter } from '@trpc/server'
import type { VerifyToken } from './access-token.ts'
import { authenticate } from './authenticate.ts'
import type { DoorContext } from './call.ts'
import { invoke, shapeOf } from './call-procedure.ts'
import { formatError } from './format-error.ts'
import { answerBytesMax, respondInParts } from './parts.ts'
import { ServiceError } from './service-error.ts'
import { noSignals } from './signals.ts'

/**
 * Serves all queries and mutations of a contract on `rpc.<service>.<procedure>.<caller>`, one queue group a service.
 * The caller stands in the subject because NATS checks subjects against the sender's permissions and headers against
 * nothing. A user's token in the `authorization` header makes the call that user's.
 */
export function serveNatsDoor(
  lifecycle: Lifecycle,
  options: { contract: AnyContract; router: AnyTRPCRouter; nats: NatsConnection; verifyToken: VerifyToken },
): void {
  const { contract, nats } = options
  let inFlight = 0

  async function serve(message: Msg): Promise<void> {
    const busy = inFlight >= inFlightMax
    inFlight++
    try {
      respondInParts(nats, message, encode(await respond(options, message, busy)))
    } finally {
      inFlight--
    }
  }

  const subscription = nats.subscribe(rpcSubject(contract.name, '*', '*'), {
    queue: contract.name,
    callback: (err, message) => {
      if (!err) void serve(message).catch(() => {})
    },
  })
  lifecycle.onStop('nats-door', async () => {
    await Promise.race([subscription.drain(), new Promise((resolve) => setTimeout(resolve, 2_000).unref())])
    while (inFlight > 0) await new Promise((resolve) => setTimeout(resolve, 5))
  })
}

const inFlightMax = 256

function encode(answer: object): Uint8Array {
  const bytes = Buffer.from(JSON.stringify(answer))
  if (bytes.length <= answerBytesMax) return bytes
  return Buffer.from(
    JSON.stringify({ error: formatError({ error: tooLarge, ctx: undefined, path: undefined }) }),
  )
}

const tooLarge = new ServiceError('too-large', 'the answer is too large')

async function respond(
  options: { contract: AnyContract; router: AnyTRPCRouter; verifyToken: VerifyToken },
  message: Msg,
  busy: boolean,
): Promise<object> {
  const [, , path = '', caller = ''] = message.subject.split('.')
  const { procedures } = options.contract
  const row = Object.hasOwn(procedures, path) ? procedures[path] : undefined
  const kind = row?.kind ?? 'unknown'
  const timeoutMs = readTimeoutMs(message)
  const deadline = performance.now() + timeoutMs
  const ctx: DoorContext = {
    door: 'nats',
    trace: continueTrace(message.headers?.get('traceparent')),
    remoteAddress: null,
    signals: noSignals,
    device: null,
    purpose: message.headers?.get('data-purpose') || null,
    timeoutMs,
    gone: () => AbortSignal.timeout(Math.max(1, Math.ceil(deadline - performance.now()))),
    authentication: await authenticate(
      options.verifyToken,
      message.headers?.get('authorization') || undefined,
      {
        kind: 'service',
        service: caller as CallingService,
      },
    ),
  }
  let input: unknown
  try {
    if (busy) throw new ServiceError('unavailable', 'too many calls at once; try again')
    if (!row) throw new ServiceError('no-such-procedure', 'there is no such procedure')
    if (row.kind === 'subscription')
      throw new ServiceError('wrong-method', 'subscriptions are served over HTTP')
    input = readInput(message)
    return { result: { data: await invoke(options.router, { path, kind, input }, ctx) } }
  } catch (thrown) {
    return { error: shapeOf(options.router, { path, kind, input }, ctx, thrown) }
  }
}

const timeoutMsMax = 60_000

function readTimeoutMs(message: Msg): number {
  const timeoutMs = Number(message.headers?.get('timeout-ms')) || 10_000
  return Math.min(Math.max(1, Math.round(timeoutMs)), timeoutMsMax)
}

function readInput(message: Msg): unknown {
  if (message.data.length === 0) return undefined
  try {
    if (!isUtf8(message.data)) throw new Error('not UTF-8')
    return message.json<{ input?: unknown }>().input
  } catch (cause) {
    throw new ServiceError('bad-input', 'the request is not valid JSON', { cause })
  }
}
