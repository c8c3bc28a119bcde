import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { request } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { ServiceName } from '@candor/contracts/callers'
import { contracts } from '@candor/contracts/catalogue'
import { isInternal } from '@candor/contracts/contract'
import type { AnyProcedure } from '@candor/contracts/contract'

/**
 * Calls a service while it is told to stop, and answers what it did wrong. Half of the call is sent before, the rest
 * once the service is stopping: one that does not wait for it breaks the connection.
 */
export async function problemsOfCalls(
  service: string,
  port: number,
  untilStopping: () => Promise<unknown>,
): Promise<string[]> {
  const url = `http://127.0.0.1:${port}`
  if (service === 'web') {
    await untilStopping()
    const pages = await Promise.all(['/', '/shop', '/widget.js'].map((path) => fetch(`${url}${path}`)))
    return pages.filter(({ ok }) => !ok).map((page) => `answers ${page.status} at ${page.url}`)
  }
  const { procedure, input, expected } = callOf(service as ServiceName)
  const status = await callAcross(`${url}/trpc/${service}/${procedure}`, JSON.stringify(input), untilStopping)
  return status === expected
    ? []
    : [`answers ${status} and not ${expected} to a call that it is in the middle of`]
}

async function callAcross(url: string, body: string, untilStopping: () => Promise<unknown>): Promise<number> {
  // With `expect`, the service says when it has the call's head.
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    expect: '100-continue',
  }
  const call = request(url, { method: 'POST', headers })
  call.flushHeaders()
  await once(call, 'continue')
  const answered = once(call, 'response')
  // Until it is waited for, below.
  answered.catch(() => {})
  call.write(body.slice(0, 1))
  await untilStopping()
  call.end(body.slice(1))
  const [response] = (await answered) as [IncomingMessage]
  response.resume()
  return response.statusCode!
}

/** Takes the native part of the image, the database, and an event. */
const signUp = {
  procedure: 'signUp',
  input: {
    name: 'Olga Okafor',
    email: `${randomUUID()}@example.org`,
    country: 'DE',
    company: 'Check Ltd',
    password: 'a long and unusual pass phrase',
  },
  expected: 200,
}

/** Of the other services, a call that is let in by those only who say who they are. */
function callOf(service: ServiceName) {
  if (service === 'identity') return signUp
  const procedures: [string, AnyProcedure][] = Object.entries(contracts[service].procedures)
  const closed = procedures.find(
    ([, one]) => one.kind === 'mutation' && !isInternal(one) && !one.access.includes('anyone'),
  )
  return { procedure: closed![0], input: {}, expected: 401 }
}
