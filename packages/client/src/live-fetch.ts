import type { EventSourceInit } from 'eventsource'

/**
 * The `fetch` under a live stream: adds the caller's headers on each connect, cuts the stream after `silenceMs`
 * without a byte, and keeps the reason of a refusal.
 */
export function liveFetch(silenceMs: number, getHeaders: () => Promise<Headers>): LiveFetch {
  return async (url, init) => {
    const headers = await getHeaders()
    for (const [name, value] of Object.entries(init.headers)) headers.set(name, value)
    const silence = new AbortController()
    const cut = () => silence.abort(new Error(`Nothing heard for ${silenceMs} ms`))
    let timer = setTimeout(cut, silenceMs)
    const heard = () => {
      clearTimeout(timer)
      timer = setTimeout(cut, silenceMs)
    }
    const closed = () => clearTimeout(timer)
    init.signal?.addEventListener('abort', closed)
    const signal = init.signal ? AbortSignal.any([init.signal, silence.signal]) : silence.signal
    try {
      const response = await fetch(url, { ...(init as RequestInit), headers, signal })
      const body = response.body?.pipeThrough(listen(heard, closed))
      return await keepReason(new Response(body, { status: response.status, headers: response.headers }))
    } catch (error) {
      closed()
      throw error
    }
  }
}

function listen(heard: () => void, closed: () => void): TransformStream<Uint8Array, Uint8Array> {
  return new TransformStream({
    transform: (chunk, controller) => {
      heard()
      controller.enqueue(chunk)
    },
    flush: closed,
  })
}

/**
 * An `EventSource` throws away the body of a refusal, and with it the reason. Said again as the event by which
 * tRPC reports an error inside a stream, it reaches the subscriber whole.
 */
async function keepReason(response: Response): Promise<Response> {
  if (response.ok) return response
  const error = findServiceError(await response.text())
  if (error === null) return new Response(null, { status: response.status })
  const event = `event: serialized-error\ndata: ${JSON.stringify(error)}\n\n`
  return new Response(event, { headers: { 'content-type': 'text/event-stream' } })
}

function findServiceError(body: string): object | null {
  try {
    const { error } = JSON.parse(body) as { error?: { code?: unknown } }
    return typeof error?.code === 'number' ? error : null
  } catch {
    return null
  }
}

type LiveFetch = NonNullable<EventSourceInit['fetch']>
