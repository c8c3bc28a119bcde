import type { AnyProcedure } from '@candor/contracts/contract'

/** Calls a procedure as bytes on the wire, so that also what no typed client would send can be sent. */
export async function rawCall(
  url: string,
  service: string,
  name: string,
  procedure: AnyProcedure,
  input: unknown,
  token?: string,
  more: Record<string, string> = {},
): Promise<RawAnswer> {
  const headers: Record<string, string> = { ...more, ...(token && { authorization: `Bearer ${token}` }) }
  const address = `${url}/trpc/${service}/${name}`
  const body = input === undefined ? undefined : JSON.stringify(input)
  if (procedure.kind === 'mutation') {
    return readAnswer(
      await fetch(address, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: body ?? null,
      }),
    )
  }
  const query = body === undefined ? '' : `?input=${encodeURIComponent(body)}`
  if (procedure.kind === 'subscription') headers.accept = 'text/event-stream'
  return readAnswer(await fetch(`${address}${query}`, { headers }))
}

/** Several calls of one kind in one request, as a browser's client sends them; the answers in their order. */
export async function rawBatch(
  url: string,
  service: string,
  calls: readonly { name: string; procedure: AnyProcedure; input: unknown }[],
  token?: string,
): Promise<RawAnswer[]> {
  const response = await sendBatch(url, service, calls, token ? { authorization: `Bearer ${token}` } : {})
  const whole = await response.text()
  const answers = parse(whole) as Outcome[] | Outcome | undefined
  return calls.map((_call, place) => {
    const outcome = Array.isArray(answers) ? answers[place] : answers
    const error = outcome?.error
    const text = Array.isArray(answers) ? JSON.stringify(outcome) : whole
    return { status: error?.data.httpStatus ?? response.status, text, error }
  })
}

/** As one request of POST or GET, by the kind of the calls. */
export function sendBatch(
  url: string,
  service: string,
  calls: readonly { name: string; procedure: AnyProcedure; input: unknown }[],
  headers: Record<string, string>,
): Promise<Response> {
  const address = `${url}/trpc/${service}/${calls.map(({ name }) => name).join(',')}?batch=1`
  const body = JSON.stringify(Object.fromEntries(calls.map(({ input }, place) => [place, input])))
  if (calls[0]!.procedure.kind === 'query')
    return fetch(`${address}&input=${encodeURIComponent(body)}`, { headers })
  return fetch(address, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body,
  })
}

/** Parts of `calls` that fit into one request each: so many, and no longer an address than a server reads. */
export function inBatches<T extends { procedure: AnyProcedure; input: unknown }>(
  calls: readonly T[],
  callsMax = 20,
): T[][] {
  const batches: T[][] = []
  let lengths = 0
  for (const call of calls) {
    const isGet = call.procedure.kind === 'query'
    const length = (isGet ? encodeURIComponent : String)(JSON.stringify(call.input) ?? '').length + 60
    const last = batches.at(-1)
    const fits = last && last.length < callsMax && lengths + length < (isGet ? 12_000 : 100_000)
    if (fits) last.push(call)
    else batches.push([call])
    lengths = (fits ? lengths : 0) + length
  }
  return batches
}

/** Of a stream only what comes at once is read: a refusal, or that it began. */
export async function readAnswer(response: Response): Promise<RawAnswer> {
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true
  const text = isStream ? await readStart(response) : await response.text()
  return { status: response.status, text, error: isStream ? findStreamError(text) : parse(text)?.error }
}

async function readStart(response: Response): Promise<string> {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  while (!/event: serialized-error\n[^]*\n\n|"type":/.test(text)) {
    const { value, done } = await reader.read()
    if (done) break
    text += value
  }
  await reader.cancel()
  return text
}

function findStreamError(text: string): WireError | undefined {
  const data = /event: serialized-error\ndata: (.*)/.exec(text)?.[1]
  return data === undefined ? undefined : JSON.parse(data)
}

function parse(text: string): Outcome | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

interface Outcome {
  error?: WireError
}

interface WireError {
  message: string
  data: { reason: string; httpStatus: number; retryable: boolean; fields?: { path: string }[] }
}

export interface RawAnswer {
  status: number
  text: string
  error: WireError | undefined
}
