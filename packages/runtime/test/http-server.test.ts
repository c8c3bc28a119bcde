import { once } from 'node:events'
import { Agent, get } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { listen } from '@candor/runtime/http-server'
import { createLifecycle } from '@candor/runtime/lifecycle'
import { settle } from '@candor/testing/settle'
import { expect, test } from 'vitest'
import { capturedLog } from './captured-log.ts'

/** A server that answers each request when the test says so. */
async function startServer(silenceMsMax?: number) {
  const lifecycle = createLifecycle(capturedLog().log)
  const waiting: ServerResponse[] = []
  let arrived = Promise.withResolvers<void>()
  const port = await listen(
    lifecycle,
    'http',
    { port: 0, ...(silenceMsMax ? { silenceMsMax } : {}) },
    (_request, response) => {
      waiting.push(response)
      arrived.resolve()
    },
  )
  const agent = new Agent({ keepAlive: true })
  return {
    lifecycle,
    port,
    agent,
    waiting,
    call: async () => {
      arrived = Promise.withResolvers()
      const answer = once(get({ port, agent }), 'response').then(([response]) => response as IncomingMessage)
      await arrived.promise
      const response = waiting.at(-1)!
      return { answer, response, respond: (text: string) => response.end(text) }
    },
    [Symbol.asyncDispose]: async () => {
      agent.destroy()
      await lifecycle.stop()
    },
  }
}

async function read(response: IncomingMessage): Promise<string> {
  return (await response.toArray()).join('')
}

test('a call in flight when the process stops is answered, and no new one is taken', async () => {
  await using server = await startServer()
  const { answer, respond } = await server.call()
  const stopped = server.lifecycle.stop()
  const refused = once(get({ port: server.port, agent: false }), 'response')
  await expect(refused).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  respond('done')
  expect(await read(await answer)).toBe('done')
  await stopped
})

test('whoever is answered while the process is leaving is told to connect anew', async () => {
  await using server = await startServer()
  const ask = async () => {
    const { answer, respond } = await server.call()
    respond('done')
    const { headers } = await answer
    return headers.connection
  }
  expect(await ask()).toBe('keep-alive')
  void server.lifecycle.leave()
  expect([await ask(), await ask()]).toEqual(['close', 'close'])
})

test('a connection kept alive after its last answer does not hold up the stop', async () => {
  await using server = await startServer()
  const calls = [await server.call(), await server.call()]
  calls[1]!.response.write('a stream that ')
  const started = performance.now()
  const stopped = server.lifecycle.stop()
  calls[0]!.respond('done')
  calls[1]!.respond('ends')
  expect(await Promise.all(calls.map(async ({ answer }) => read(await answer)))).toEqual([
    'done',
    'a stream that ends',
  ])
  await stopped
  expect(performance.now() - started).toBeLessThan(2_000)
})

test('a port that is taken fails the start', async () => {
  await using server = await startServer()
  const lifecycle = createLifecycle(capturedLog().log)
  await expect(listen(lifecycle, 'http', { port: server.port }, () => {})).rejects.toMatchObject({
    code: 'EADDRINUSE',
  })
})

const request = 'GET / HTTP/1.1\r\nhost: x\r\n\r\n'

test('requests that come at once on one connection are handled one after the other', async () => {
  await using server = await startServer()
  const socket = connect(server.port, '127.0.0.1')
  socket.write(request.repeat(3))
  const answers: string[] = []
  socket.on('data', (data) => answers.push(String(data).split('\r\n\r\n')[1]!))
  for (const word of ['one', 'two', 'three']) {
    await settle(() => expect(server.waiting).toHaveLength(answers.length + 1))
    server.waiting.at(-1)!.setHeader('content-length', word.length).end(word)
    await settle(() => expect(answers.at(-1)).toBe(word))
  }
  socket.destroy()
})

test('nothing is handled behind an answer that is the last of its connection', async () => {
  await using server = await startServer()
  const socket = connect(server.port, '127.0.0.1')
  socket.write(request.repeat(3))
  await settle(() => expect(server.waiting).toHaveLength(1))
  server.waiting[0]!.setHeader('connection', 'close').end('all')
  await once(socket.resume(), 'close')
  expect(server.waiting).toHaveLength(1)
})

test('a connection that sends more requests ahead than any client does is cut at once, and nobody waits for it', async () => {
  await using server = await startServer()
  const socket = connect(server.port, '127.0.0.1').on('error', () => {})
  const closed = new Promise((resolve) => socket.once('close', resolve))
  socket.resume().write(request.repeat(20_000))
  await closed
  expect(server.waiting).toHaveLength(1)
  const started = performance.now()
  const { answer, respond } = await server.call()
  respond('done')
  expect(await read(await answer)).toBe('done')
  expect(performance.now() - started).toBeLessThan(500)
})

test('a connection that takes nothing of its answer is cut, and what was held for it is let go', async () => {
  await using server = await startServer(100)
  const socket = connect(server.port, '127.0.0.1').on('error', () => {})
  socket.pause().write(request)
  await settle(() => expect(server.waiting).toHaveLength(1))
  const [response] = server.waiting
  response!.end('x'.repeat(16 * 1024 * 1024))
  await settle(() => expect(response!.destroyed).toBe(true))
  socket.destroy()
})

/** What a server that says where it was asked answers to these bytes. */
async function answerTo(head: string): Promise<string> {
  const lifecycle = createLifecycle(capturedLog().log)
  const port = await listen(lifecycle, 'http', { port: 0 }, (asked, response) =>
    response.setHeader('connection', 'close').end(`${asked.url} at ${asked.headers.host}`),
  )
  const socket = connect(port, '127.0.0.1')
  socket.write(`${head}\r\n\r\n`)
  const [start = '', body] = (await socket.toArray()).join('').split('\r\n\r\n')
  await lifecycle.stop()
  return start.startsWith('HTTP/1.1 200') ? body! : start.slice('HTTP/1.1 '.length, 'HTTP/1.1 400'.length)
}

test.for([
  ['http://shop.example/a?b=1', '/a?b=1 at shop.example'],
  ['HTTPS://shop.example:8443', '/ at shop.example:8443'],
  ['http://shop.example?b=1', '/?b=1 at shop.example'],
  ['//[', '//[ at x'],
] as const)(
  'a request for %s is one for its path, and its host is the one named there',
  async ([url, answer]) => {
    expect(await answerTo(`GET ${url} HTTP/1.1\r\nhost: x`)).toBe(answer)
  },
)

test('a question about the server as a whole reaches the handler as one for its root', async () => {
  expect(await answerTo('OPTIONS * HTTP/1.1\r\nhost: x')).toBe('/ at x')
})

test.for([
  ['has two hosts', 'GET / HTTP/1.1\r\nhost: x\r\nHost: y'],
  ['has the same host twice', 'GET / HTTP/1.1\r\nhost: x\r\nhost: x'],
  ['asks for no path', 'GET * HTTP/1.1\r\nhost: x'],
  ['asks for a path at no host', 'GET http:///a HTTP/1.1\r\nhost: x'],
  ['asks for what is no page', 'GET ftp://shop.example/a HTTP/1.1\r\nhost: x'],
] as const)('a request that %s is refused and its handler never sees it', async ([, head]) => {
  expect(await answerTo(head)).toBe('400')
})

test('a request whose handler throws is answered 500 and logged, and the next is served', async () => {
  const { log, lines } = capturedLog()
  await using lifecycle = createLifecycle(log)
  const port = await listen(lifecycle, 'http', { port: 0 }, (request, response) => {
    if (request.url === '/begun') response.write('begun')
    if (request.url !== '/fine') throw new Error('not thought of')
    response.end('fine')
  })
  const at = (path: string) => fetch(`http://127.0.0.1:${port}${path}`)
  const refused = await at('/other')
  expect([refused.status, await refused.text()]).toEqual([500, 'failed\n'])
  await expect(at('/begun').then((answer) => answer.text())).rejects.toThrow()
  expect(await (await at('/fine')).text()).toBe('fine')
  expect(lines().map(({ level, err }) => [level, err.type])).toEqual([
    ['error', 'Error'],
    ['error', 'Error'],
  ])
})
