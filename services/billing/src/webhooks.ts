import type { IncomingMessage, ServerResponse } from 'node:http'
import { continueTrace, runInTrace } from '@candor/runtime/trace'
import type { Deps } from './domain/deps.ts'
import type { PaymentProvider } from './domain/payment-provider.ts'
import { receiveNotice } from './domain/receive-notice.ts'

/**
 * Takes payment notices at `/webhooks/billing/<provider>`. Whatever was understood is answered with 200, also when it
 * changes nothing, since sending it again would not help; a fault on our side with 503, so that it is sent again.
 */
export function webhookRoute(deps: Deps): (request: IncomingMessage, response: ServerResponse) => boolean {
  const outcomes = deps.metrics.counter('payment_notices_total', 'Payment notices by outcome', [
    'provider',
    'outcome',
  ])

  async function answer(request: IncomingMessage, provider: PaymentProvider): Promise<Answer> {
    const rawBody = await readBody(request, bodyBytesMax)
    if (!rawBody) return { status: 413, outcome: 'too-large' }
    const read = provider.readNotice(rawBody, request.headers)
    if (read.kind === 'unsigned') return { status: 401, outcome: 'unsigned' }
    if (read.kind === 'unreadable') return { status: 400, outcome: 'unreadable' }
    if (read.kind === 'other') return { status: 200, outcome: 'ignored' }
    return { status: 200, outcome: await receiveNotice(deps, provider.name, read.notice) }
  }

  async function handle(
    request: IncomingMessage,
    response: ServerResponse,
    provider: PaymentProvider,
  ): Promise<void> {
    const { status, outcome } = await answer(request, provider).catch((err: unknown): Answer => {
      deps.log.error({ err }, 'payment notice failed')
      return { status: 503, outcome: 'failed' }
    })
    outcomes.inc({ provider: provider.name, outcome })
    if (status !== 200) deps.log.warn({ status, reason: outcome }, 'payment notice not taken')
    reply(response, status, outcome)
  }

  return (request, response) => {
    const name = /^\/webhooks\/billing\/([a-z0-9-]+)$/.exec(request.url?.split('?')[0] ?? '')?.[1]
    if (name === undefined) return false
    const provider = Object.hasOwn(deps.providers, name) ? deps.providers[name] : undefined
    if (!provider) reply(response, 404, 'unknown-provider')
    else if (request.method !== 'POST') reply(response.setHeader('allow', 'POST'), 405, 'post-only')
    else void runInTrace(continueTrace(undefined), () => handle(request, response, provider))
    return true
  }
}

const bodyBytesMax = 64 * 1024

/** The body as it came, or undefined where it is too large; the rest of it is then left unread. */
async function readBody(request: IncomingMessage, bytesMax: number): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > bytesMax) return undefined
  const chunks: Buffer[] = []
  let bytes = 0
  // Ending the loop early must not close the connection that the answer goes out on.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length
    if (bytes > bytesMax) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function reply(response: ServerResponse, status: number, outcome: string): void {
  if (status === 413) response.setHeader('connection', 'close')
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ outcome }))
}

interface Answer {
  status: number
  outcome: string
}
