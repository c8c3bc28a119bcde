import { once } from 'node:events'
import { Agent, createServer, request } from 'node:http'
import type { IncomingMessage, RequestListener } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { startGateway, startShopGateway } from '../src/gateway/gateway.ts'
import { freePorts } from '../src/processes/free-port.ts'

test('each path reaches its backend with its query, and any other path the web pages', async () => {
  await using world = await startWorld(
    (name) => (incoming, response) => response.end(`${name} ${incoming.url}`),
  )
  const get = async (path: string) => (await fetch(world.url + path)).text()
  expect(await get('/trpc/chat/postMessage?batch=1')).toBe('chat /trpc/chat/postMessage?batch=1')
  expect(await get('/webhooks/billing/sandbox')).toBe('billing /webhooks/billing/sandbox')
  expect(await get('/mail/api/messages')).toBe('mail /mail/api/messages')
  expect(await get('/mailing')).toBe('web /mailing')
  expect(await get('/')).toBe('web /')
})

test('a response streams chunk by chunk, and a client that leaves is noticed by the backend', async () => {
  const { promise: left, resolve: leave } = Promise.withResolvers<void>()
  await using world = await startWorld(() => (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write('data: first\n\n')
    response.once('close', leave)
  })
  const leaving = new AbortController()
  const answer = await fetch(`${world.url}/trpc/chat/live`, { signal: leaving.signal })
  const { value } = await answer.body!.getReader().read()
  expect(Buffer.from(value!).toString()).toBe('data: first\n\n')
  leaving.abort()
  await left
})

test('a request body streams on before it is complete', async () => {
  await using world = await startWorld(() => (incoming, response) => {
    response.writeHead(200)
    incoming.on('data', (chunk) => response.write(`got ${chunk}`))
    incoming.on('end', () => response.end())
  })
  const sending = request(`${world.url}/trpc/chat/x`, { method: 'POST' })
  sending.write('one')
  const [answer] = (await once(sending, 'response')) as [IncomingMessage]
  const [first] = await once(answer, 'data')
  expect(first.toString()).toBe('got one')
  sending.end('two')
  expect((await buffer(answer)).toString()).toBe('got two')
})

test('a backend that breaks off in the middle breaks the answer off', async () => {
  await using world = await startWorld(() => (_, response) => {
    response.write('half')
    setImmediate(() => response.destroy())
  })
  const answer = await fetch(`${world.url}/trpc/chat/x`)
  await expect(answer.text()).rejects.toThrow()
})

test('a call to a service that is down is answered 503 in the tRPC error shape, marked retryable', async () => {
  await using world = await startWorld(() => () => {})
  await world.stopBackend()
  const answer = await fetch(`${world.url}/trpc/chat/postMessage`, {
    method: 'POST',
    body: 'x'.repeat(300_000),
  })
  expect(answer.status).toBe(503)
  expect(await answer.json()).toMatchObject({
    error: {
      code: -32603,
      data: {
        code: 'SERVICE_UNAVAILABLE',
        httpStatus: 503,
        path: 'postMessage',
        reason: 'unavailable',
        retryable: true,
      },
    },
  })
})

test('a page whose server is down is answered by a page that tries again', async () => {
  await using world = await startWorld(() => () => {})
  await world.stopBackend()
  const answer = await fetch(`${world.url}/inbox`)
  expect(answer.status).toBe(503)
  expect(await answer.text()).toContain('This page tries again by itself')
})

test('a call to no service is answered like a call to no procedure', async () => {
  await using world = await startWorld(() => () => {})
  for (const name of ['nobody', 'constructor', '']) {
    const answer = await fetch(`${world.url}/trpc/${name}/x`)
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({
      error: { data: { reason: 'no-such-procedure', retryable: false } },
    })
  }
})

test('a caller cannot forge where it calls from', async () => {
  await using world = await startWorld(
    () => (incoming, response) => response.end(JSON.stringify(incoming.headers)),
  )
  const forged = { 'x-forwarded-for': '6.6.6.6', forwarded: 'for=6.6.6.6', 'x-forwarded-proto': 'https' }
  const headers = (await (await fetch(`${world.url}/trpc/chat/x`, { headers: forged })).json()) as Record<
    string,
    string
  >
  expect(headers['x-forwarded-for']).toMatch(/^(127\.0\.0\.1|::1)$/)
  expect(headers['x-forwarded-proto']).toBe('http')
  expect(headers.forwarded).toBeUndefined()
})

test('a request for what is no address is refused and harms nobody else', async () => {
  await using world = await startWorld((name) => (_, response) => response.end(name))
  for (const path of ['*', 'nonsense', '//', 'http://[']) {
    const [answer] = await once(request({ port: world.port, path, method: 'OPTIONS' }).end(), 'response')
    answer.resume()
  }
  expect(await (await fetch(world.url)).text()).toBe('web')
})

test('a request of two hosts is refused, for backends would be told of the first only', async () => {
  await using world = await startWorld((name) => (_, response) => response.end(name))
  const asked = request({ port: world.port, headers: ['host', 'one.example', 'host', 'two.example'] })
  const [answer] = await once(asked.end(), 'response')
  expect(answer.resume().statusCode).toBe(400)
})

test('a body on a method that has none cannot smuggle a second request to a backend', async () => {
  const seen: string[] = []
  await using world = await startWorld(() => (incoming, response) => {
    seen.push(`${incoming.method} ${incoming.url}`)
    response.end('answer')
  })
  const hidden = 'GET /trpc/chat/hidden HTTP/1.1\r\nhost: x\r\n\r\n'
  for (const method of ['GET', 'HEAD', 'DELETE', 'OPTIONS']) {
    const smuggling = request({
      port: world.port,
      path: '/trpc/chat/seen',
      method,
      headers: { 'transfer-encoding': 'chunked' },
    })
    const [answer] = await once(smuggling.end(hidden), 'response')
    expect(answer.statusCode).toBe(400)
    answer.resume()
  }
  expect(await (await fetch(`${world.url}/trpc/chat/after`)).text()).toBe('answer')
  expect(seen).toEqual(['GET /trpc/chat/after'])
})

test('after an answer that came before the whole body the connection carries the next request', async () => {
  await using world = await startWorld(() => (incoming, response) => {
    if (incoming.method === 'GET') return response.end('next')
    response.writeHead(413).end('too large')
  })
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const send = async (method: string, body?: Buffer) => {
    const sending = request(`${world.url}/trpc/chat/x`, { method, agent }).end(body)
    const [answer] = (await once(sending, 'response')) as [IncomingMessage]
    return (await buffer(answer)).toString()
  }
  expect(await send('POST', Buffer.alloc(5_000_000))).toBe('too large')
  expect(await send('GET')).toBe('next')
  agent.destroy()
})

test('a port that is taken is an error', async () => {
  await using world = await startWorld(() => () => {})
  const second = startGateway({ port: world.port, backends: { services: {}, web: 1 } })
  await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' })
})

test('the shop has an origin of its own, where it is the first page', async () => {
  await using world = await startWorld(
    (name) => (incoming, response) => response.end(`${name} ${incoming.url}`),
  )
  const shop = await startShopGateway({ port: 0, webPort: world.webPort })
  expect(await (await fetch(`http://localhost:${shop.port}/?a=1`)).text()).toBe('web /shop?a=1')
  expect(await (await fetch(`http://localhost:${shop.port}/assets/a.js`)).text()).toBe('web /assets/a.js')
  await shop.stop()
})

/** A gateway before backends, each of which `behave` describes by its name. */
async function startWorld(behave: (name: string) => RequestListener) {
  const names = ['chat', 'billing', 'mail', 'web']
  const servers = names.map((name) => createServer(behave(name)))
  const ports = await freePorts(names.length)
  await Promise.all(
    servers.map((server, index) => once(server.listen(ports[index], '127.0.0.1'), 'listening')),
  )
  const [chat, billing, mail, web] = ports as [number, number, number, number]
  const gateway = await startGateway({ port: 0, backends: { services: { chat, billing }, mail, web } })
  const stopBackend = async () => {
    for (const server of servers) {
      server.closeAllConnections()
      server.close()
    }
  }
  return {
    url: `http://localhost:${gateway.port}`,
    port: gateway.port,
    webPort: web,
    stopBackend,
    async [Symbol.asyncDispose]() {
      await gateway.stop()
      await stopBackend()
    },
  }
}
