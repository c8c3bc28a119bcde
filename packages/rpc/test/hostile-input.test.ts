import { once } from 'node:events'
import { request } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bearer, startKiosk } from './start-kiosk.ts'
import type { Kiosk } from './start-kiosk.ts'

let kiosk: Kiosk
let token: string
beforeAll(async () => {
  kiosk = await startKiosk()
  token = await kiosk.token.agent()
})
afterAll(() => kiosk[Symbol.asyncDispose]())

/** One raw request. By default it posts JSON to `renamePaper` as an agent. */
async function send(options: {
  path?: string
  method?: string
  headers?: Record<string, string>
  body?: string | Buffer
}) {
  const { path = 'renamePaper', method = 'POST', headers = {}, body } = options
  const outgoing = request({
    port: kiosk.port,
    path: `/trpc/chat/${path}`,
    method,
    headers: { 'content-type': 'application/json', ...bearer(token), ...headers },
  })
  if (body && !headers['transfer-encoding']) outgoing.setHeader('content-length', Buffer.byteLength(body))
  outgoing.end(body)
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage]
  const text = (await response.toArray()).join('')
  const parsed = JSON.parse(text)
  const data = (Array.isArray(parsed) ? parsed[0] : parsed).error?.data
  return { status: response.statusCode!, data, text }
}

/** Refused as the caller's fault, in the one shape errors have, with nothing of the inside. */
function expectRefusal(answer: Awaited<ReturnType<typeof send>>, status: number, reason: string) {
  expect([answer.status, answer.data?.reason]).toEqual([status, reason])
  expect(answer.data).toMatchObject({ httpStatus: status, retryable: false })
  expect(answer.text).not.toMatch(/stack|node_modules|\.ts:/)
}

const paper = { id: '7b0f2a2e-6c2d-4d5e-9a57-1f2d3c4b5a69', title: 'Weekly', meta: null as unknown }
const withMeta = (meta: string) => JSON.stringify(paper).replace('"meta":null', `"meta":${meta}`)
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`
const get = (input: string) => ({ method: 'GET', path: `getPaper?input=${input}` })

test('the request that the hostile ones are made from is answered', async () => {
  expect((await send({ body: withMeta(nested(10)) })).status).toBe(200)
})

const badInputs: Record<string, Parameters<typeof send>[0]> = {
  'a truncated body': { body: JSON.stringify(paper).slice(0, 30) },
  'a body that is no JSON': { body: 'id=1&title=2' },
  'no body': {},
  'a string': { body: '"text"' },
  'a number': { body: '7' },
  'a list': { body: '[1]' },
  null: { body: 'null' },
  'bytes that are not UTF-8': { body: Buffer.from(withMeta('"\xff"'), 'latin1') },
  'an overlong encoding': { body: Buffer.from(withMeta('"\xc0\xaf"'), 'latin1') },
  'half a surrogate pair in a field': { body: JSON.stringify({ ...paper, title: '\ud83d' }) },
  'half a surrogate pair where anything goes': { body: withMeta('{"deep":["\\ud83d"]}') },
  'half a surrogate pair in a field nobody asked for': {
    body: `{"more":"\\ud83d",${withMeta('1').slice(1)}`,
  },
  'half a surrogate pair in a field name': { body: withMeta('{"\\ude00":1}') },
  'a NUL character where anything goes': { body: withMeta('"a\\u0000b"') },
  'a __proto__ field': { body: `{"__proto__":{"admin":true},${withMeta('1').slice(1)}` },
  'a __proto__ field deep inside': { body: withMeta('{"a":{"__proto__":{}}}') },
  'nesting deeper than anybody needs': { body: withMeta(nested(17)) },
  'nesting without end': { body: withMeta(nested(50_000)) },
  'input in the address that is no JSON': get('{'),
  'an address that is not UTF-8': get(
    encodeURIComponent(JSON.stringify({ ...paper, note: 'Q' })).replace('Q', '%ff'),
  ),
  'an address with a broken escape': get('%2'),
  'half a surrogate pair in the address': get(encodeURIComponent('{"id":"\\ud83d"}')),
  'a batch that is no object': { path: 'renamePaper?batch=1', body: '"text"' },
  'a batch that mixes reads and writes': { path: 'renamePaper,getPaper?batch=1', body: '{}' },
}

test.for(Object.entries(badInputs))('%s is refused as bad input', async ([, attempt]) => {
  expectRefusal(await send(attempt), 400, 'bad-input')
})

test('a refusal deep inside names the place', async () => {
  const { data } = await send({ body: withMeta('{"tags":[{"name":"\\u0000"}]}') })
  expect(data.fields).toMatchObject([{ path: 'meta.tags.0.name' }])
  expect((await send({})).data.fields).toMatchObject([{ path: 'id' }, { path: 'title' }, { path: 'meta' }])
})

test('nothing that was sent changes what every object inherits', async () => {
  await send({ body: `{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}` })
  expect(({} as { admin?: boolean }).admin).toBeUndefined()
})

test.for([
  ['told by its length', {}],
  ['found out on the way', { 'transfer-encoding': 'chunked' }],
] as const)('a body that is too large, %s, is refused as too large', async ([, headers]) => {
  const body = withMeta(`"${'x'.repeat(200_000)}"`)
  expectRefusal(await send({ body, headers }), 413, 'too-large')
})

test.for([
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/octet-stream',
  'application/jsonlike',
  '',
])('a body of type "%s" is refused as a medium nobody reads', async (type) => {
  expectRefusal(
    await send({ body: withMeta('1'), headers: { 'content-type': type } }),
    415,
    'unsupported-media',
  )
})

test.for([
  ['GET', 'renamePaper'],
  ['POST', 'getPaper'],
  ['PUT', 'renamePaper'],
  ['DELETE', 'renamePaper'],
  ['PATCH', 'getPaper'],
] as const)('%s on %s is refused as the wrong method', async ([method, path]) => {
  expectRefusal(
    await send({ method, path, ...(method === 'GET' ? {} : { body: '{}' }) }),
    405,
    'wrong-method',
  )
})

test.for([
  'nothing',
  'constructor',
  '__proto__',
  'toString',
  'getPaper/deeper',
  'getPaper.then',
  'GETPAPER',
  '',
])('a procedure named "%s" is not found', async (path) => {
  expectRefusal(await send({ method: 'GET', path }), 404, 'no-such-procedure')
  expectRefusal(await send({ path, body: '{}' }), 404, 'no-such-procedure')
})

test('what only services may call is not there over HTTP, whoever asks, alone or in a batch', async () => {
  for (const path of ['getConversationRecord', 'getConversationRecord,answer?batch=1']) {
    const answer = await send({ method: 'GET', path })
    expect(answer.data).toMatchObject({ reason: 'no-such-procedure', httpStatus: 404 })
  }
})

test('connection parameters that cannot be read are refused', async () => {
  const answer = await send({ method: 'GET', path: 'ticks?connectionParams=nonsense' })
  expectRefusal(answer, 400, 'bad-input')
})

test('a body that breaks off half-way reaches no handler and the door goes on', async () => {
  const calls = async () => {
    const { values } = await kiosk.metrics.registry.getSingleMetric('rpc_requests_total')!.get()
    return values.reduce((sum, { value }) => sum + value, 0)
  }
  const before = await calls()
  const socket = connect(kiosk.port, '127.0.0.1')
  socket.write(`POST /trpc/chat/renamePaper HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\n`)
  socket.write('content-type: application/json\r\ncontent-length: 500\r\n\r\n{"id":')
  socket.end()
  await socket.toArray()
  expect((await send({ body: withMeta('1') })).status).toBe(200)
  expect((await calls()) - before).toBe(1)
})

test('a request whose Host header is no host is refused', async () => {
  expectRefusal(await send({ body: withMeta('1'), headers: { host: 'a b' } }), 400, 'bad-input')
})

test('a call whose address is sent whole, as through a proxy, is answered', async () => {
  const input = encodeURIComponent('{"id":"7b0f2a2e-6c2d-4d5e-9a57-1f2d3c4b5a69"}')
  const path = `http://chat.example/trpc/chat/getPaper?input=${input}`
  const outgoing = request({ port: kiosk.port, path, headers: bearer(token) }).end()
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage]
  const answer = JSON.parse((await response.toArray()).join(''))
  expect(answer).toMatchObject({ result: { data: { title: 'The Daily' } } })
})

test('whatever is posted, the answer is typed and never our fault', async () => {
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
    fc.json().map((json) => Buffer.from(json)),
    fc.json({ depthSize: 'large' }).map((meta) => Buffer.from(withMeta(meta))),
    fc
      .record({ id: fc.anything(), title: fc.string({ unit: 'binary' }) })
      .map((fields) => Buffer.from(JSON.stringify(fields, printable))),
  )
  await fc.assert(
    fc.asyncProperty(body, async (bytes) => {
      const { status, data } = await send({ body: bytes })
      if (status !== 200) expect([status, data.reason]).toEqual([400, 'bad-input'])
    }),
    { numRuns: 150 },
  )
})

function printable(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}
