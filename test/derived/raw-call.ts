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

function parse(text: string): { error?: WireError } | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
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
