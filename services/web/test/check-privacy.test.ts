import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { checkUp } from '@candor/runtime/check-up'
import { expect, onTestFinished, test } from 'vitest'
import { privacyCheck } from '../src/server/check-privacy.ts'
import { readWebConfig } from '../src/server/config.ts'

test('nothing is wrong where privacy answers, or where nobody is to be asked', async () => {
  const unknown = await listen(failing(404, 'not-found'))
  expect(await examine({ PUBLIC_URL: 'http://127.0.0.1:9', PRIVACY_URL: unknown })).toEqual({
    ill: 0,
    text: expect.stringMatching(/ok +privacy +answers at/),
  })
  expect(await examine({})).toEqual({ ill: 0, text: expect.stringMatching(/ok +privacy +nobody is asked/) })
})

test.for([
  {
    there: 'nobody',
    serve: closed,
    says: /does not answer at .*: ECONNREFUSED\n.*PRIVACY_URL/,
  },
  {
    there: 'privacy without identity',
    serve: () => listen(failing(503, 'unavailable')),
    says: /answers 503\n.*cannot tell: unavailable\n.*own doctor/,
  },
  {
    there: 'another service',
    serve: () => listen(failing(404, 'no-such-procedure')),
    says: /answers 404\n.*no answer of privacy/,
  },
  {
    there: 'a server of files',
    serve: () => listen((_request, response) => response.writeHead(404).end('not found')),
    says: /answers 404\n.*no answer of privacy\n.*PRIVACY_URL/,
  },
  {
    there: 'a page that stands at every address',
    serve: () => listen((_request, response) => response.end('<!doctype html>')),
    says: /answers 200\n.*no answer of privacy/,
  },
])('found where privacy should be: $there', async ({ serve, says }) => {
  const { ill, text } = await examine({ PRIVACY_URL: await serve() })
  expect({ ill, text }).toEqual({ ill: 1, text: expect.stringMatching(says) })
})

async function examine(env: NodeJS.ProcessEnv) {
  const config = readWebConfig({ HTTP_PORT: '0', OPERATIONS_PORT: '0', ...env })
  const lines: string[] = []
  const ill = await checkUp('web', [privacyCheck(() => config)], (line) => void lines.push(line))
  return { ill, text: lines.join('\n') }
}

/** As services fail. */
const failing =
  (status: number, reason: string): RequestListener =>
  (_request, response) =>
    response.writeHead(status).end(JSON.stringify({ error: { message: 'x', data: { reason } } }))

async function closed(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return `http://127.0.0.1:${port}`
}

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
