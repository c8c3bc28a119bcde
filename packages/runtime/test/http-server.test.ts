import { once } from 'node:events'
import { Agent, get } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { listen } from '@candor/runtime/http-server'
import { createLifecycle } from '@candor/runtime/lifecycle'
import { expect, test } from 'vitest'
import { capturedLog } from './captured-log.ts'

/** A server that answers each request when the test says so. */
async function startServer() {
  const lifecycle = createLifecycle(capturedLog().log)
  const waiting: ServerResponse[] = []
  let arrived = Promise.withResolvers<void>()
  const port = await listen(lifecycle, 'http', { port: 0 }, (_request, response) => {
    waiting.push(response)
    arrived.resolve()
  })
  const agent = new Agent({ keepAlive: true })
  return {
    lifecycle,
    port,
    agent,
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
