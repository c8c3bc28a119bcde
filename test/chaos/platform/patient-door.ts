import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'

/**
 * A door in front of `url` at which whoever calls does so again while a service cannot be reached: people who were told
 * that the same call may succeed later, and try.
 */
export async function startPatientDoor(url: string): Promise<PatientDoor> {
  const stopping = new AbortController()
  const server = createServer((request, response) => {
    void pass(request, response).catch(() => response.destroy())
  })

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answered = await answer(request)
    response.writeHead(answered.status, Object.fromEntries(without(answered.headers)))
    for await (const chunk of answered.body ?? []) response.write(chunk)
    response.end()
  }

  async function answer(request: IncomingMessage): Promise<Response> {
    const { method = 'GET' } = request
    const body = method === 'GET' ? undefined : new Uint8Array(await buffer(request))
    const given = Object.entries(request.headers).map(([name, value]): [string, string] => [
      name,
      String(value),
    ])
    const headers = without(new Headers(given))
    const deadline = performance.now() + patienceMs
    for (;;) {
      const asked = {
        method,
        headers,
        redirect: 'manual',
        signal: stopping.signal,
        ...(body && { body }),
      } as const
      const answered = await fetch(url + request.url, asked).catch(() => undefined)
      if (answered && !passing.has(answered.status)) return answered
      if (performance.now() > deadline || stopping.signal.aborted)
        throw new Error(`no answer from ${request.url}`)
      await answered?.body?.cancel()
      await delay(againAfterMs, undefined, { signal: stopping.signal })
    }
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      stopping.abort()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Those that say how it travelled, which it does anew. */
function without(headers: Headers): Headers {
  const left = new Headers(headers)
  for (const name of ['host', 'connection', 'content-length', 'content-encoding', 'transfer-encoding'])
    left.delete(name)
  return left
}

const passing = new Set([502, 503, 504])
const patienceMs = 60_000
const againAfterMs = 150

export interface PatientDoor extends AsyncDisposable {
  url: string
}
