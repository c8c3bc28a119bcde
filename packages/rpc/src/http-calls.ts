import type { IncomingMessage } from 'node:http'
import type { AnyTRPCRouter } from '@trpc/server'
import type { RouterCall } from './router-call.ts'

export interface HttpCalls {
  readonly list: readonly RouterCall[]
  /** How the caller wants the answers: one as JSON, all as JSON, each as it is ready, or a stream of events. */
  readonly as: 'one' | 'batch' | 'lines' | 'events'
  readonly connectionParams: Record<string, string> | null
}

export const batchSizeMax = 50

/** The calls of a well-formed request, unless they are more than one may bring; undefined for whatever else is out of the ordinary. */
export function readCalls(
  request: IncomingMessage,
  basePath: string,
  router: AnyTRPCRouter,
  body: string | undefined,
): HttpCalls | 'too-many' | undefined {
  if (!isHost(request.headers.host)) return undefined
  const [path = '', search = ''] = split(request.url!.slice(basePath.length))
  const params = new URLSearchParams(search)
  const isBatch = params.get('batch') === '1'
  const isPost = request.method === 'POST'
  const names = isBatch ? decodeURIComponent(path).split(',') : [decodeURIComponent(path)]
  if (names.length > batchSizeMax) return 'too-many'
  if (!(isPost || (request.method === 'GET' && isPlainGet(request)))) return undefined

  const kinds = names.map((name) => kindOf(router, name))
  const isEvents = !isBatch && kinds[0] === 'subscription' && !isPost
  if (!isEvents && kinds.some((kind) => kind !== (isPost ? 'mutation' : 'query'))) return undefined
  const isLines = wantsLines(request)
  if (isLines && !isBatch) return undefined

  const given = parse(isPost ? body : params.get('input'))
  const connectionParams = parse(params.get('connectionParams'))
  if (!given || !connectionParams || !areParams(connectionParams.value)) return undefined
  if (isBatch && given.value !== undefined && !isObject(given.value)) return undefined
  const list = names.map((name, place) => ({
    path: name,
    kind: kinds[place]!,
    input: isBatch ? (given.value as Record<number, unknown> | undefined)?.[place] : given.value,
  }))
  return {
    list: isEvents ? [{ ...list[0]!, input: withLastEventId(list[0]!.input, request, params) }] : list,
    as: isEvents ? 'events' : isLines ? 'lines' : isBatch ? 'batch' : 'one',
    connectionParams: connectionParams.value ?? null,
  }
}

/** A name or address and perhaps a port (RFC 9110, section 7.2). */
function isHost(host: string | undefined): boolean {
  return host !== undefined && /^[\w.:[\]-]+$/.test(host)
}

function split(url: string): [string, string] {
  const at = url.indexOf('?')
  return at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)]
}

function isPlainGet({ headers }: IncomingMessage): boolean {
  const type = headers['content-type']
  return type === undefined || type === 'application/json'
}

function kindOf(router: AnyTRPCRouter, name: string): RouterCall['kind'] | undefined {
  const procedures = router._def.procedures as Record<string, { _def: { type: RouterCall['kind'] } }>
  return Object.hasOwn(procedures, name) ? procedures[name]!._def.type : undefined
}

function wantsLines({ headers }: IncomingMessage): boolean {
  const asked = headers['trpc-accept']
  if (asked !== undefined) return asked === 'application/jsonl'
  return headers.accept?.split(',').some((type) => type.trim() === 'application/jsonl') ?? false
}

/** What the text says, nothing where there is none; undefined where it is not JSON. */
function parse(text: string | null | undefined): { value: any } | undefined {
  if (!text) return { value: undefined }
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}

function areParams(value: unknown): value is Record<string, string> | undefined {
  return (
    value === undefined || (isObject(value) && Object.values(value).every((one) => typeof one === 'string'))
  )
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A client that connects again says where it was, in a header or in the address. */
function withLastEventId(input: unknown, request: IncomingMessage, params: URLSearchParams): unknown {
  const header = request.headers['last-event-id'] as string | undefined
  const lastEventId = header ?? params.get('lastEventId') ?? params.get('Last-Event-Id')
  if (!lastEventId) return input
  return isObject(input) ? { ...input, lastEventId } : (input ?? { lastEventId })
}
