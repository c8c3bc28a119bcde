import { afterAll, beforeAll, expect, test } from 'vitest'
import { bearer, startKiosk } from './start-kiosk.ts'
import type { Kiosk } from './start-kiosk.ts'

let kiosk: Kiosk
let agent: Record<string, string>
let visitor: Record<string, string>
beforeAll(async () => {
  kiosk = await startKiosk()
  agent = bearer(await kiosk.token.agent())
  visitor = bearer(await kiosk.token.visitor())
})
afterAll(() => kiosk[Symbol.asyncDispose]())

const paper = '7b0f2a2e-6c2d-4d5e-9a57-1f2d3c4b5a69'
const nowhere = '0b0f2a2e-6c2d-4d5e-9a57-1f2d3c4b5a69'
const input = (value: unknown) => `input=${encodeURIComponent(JSON.stringify(value))}`
const lines = { 'trpc-accept': 'application/jsonl' }
const json = { 'content-type': 'application/json' }
const post = (body: unknown, headers = {}) => ({
  method: 'POST',
  body: JSON.stringify(body),
  headers: { ...json, ...headers },
})

type Case = [what: string, path: string, init?: () => RequestInit]
const cases: Case[] = [
  ['a query', `/getPaper?${input({ id: paper })}`, () => ({ headers: agent })],
  ['a query without input', '/whoami'],
  ['a query for what is not there', `/getPaper?${input({ id: nowhere })}`, () => ({ headers: agent })],
  ['a query with bad input', `/getPaper?${input({ id: 'x' })}`, () => ({ headers: agent })],
  ['a query nobody may make', `/getPaper?${input({ id: paper })}`],
  ['a query with a forged token', `/getPaper?${input({ id: paper })}`, () => ({ headers: bearer('a.b.c') })],
  ['a mutation', '/renamePaper', () => post({ id: paper, title: 'Weekly', meta: 1 }, visitor)],
  ['a mutation without a body', '/renamePaper', () => ({ method: 'POST', headers: { ...json, ...visitor } })],
  ['a mutation with an array', '/renamePaper', () => post([paper], visitor)],
  ['a mutation asked for with GET', '/renamePaper'],
  ['a query posted', '/whoami', () => post({})],
  ['a body that is no JSON', '/renamePaper', () => ({ method: 'POST', body: '{', headers: json })],
  ['no such procedure', '/nothing'],
  ['a procedure of other services', '/getConversationRecord'],
  ['a name from JavaScript itself', '/constructor'],
  ['a batch of one', `/whoami?batch=1&${input({})}`],
  ['a batch of several', `/answer,whoami?batch=1&${input({ 0: { bytes: 3 } })}`],
  ['a batch, its comma encoded', `/answer%2Cwhoami?batch=1&${input({ 0: { bytes: 3 } })}`],
  ['a batch of which one fails', `/answer,fail?batch=1&${input({ 1: { how: 'conflict' } })}`],
  [
    'a batch of which all fail alike',
    `/fail,fail?batch=1&${input({ 0: { how: 'gone' }, 1: { how: 'gone' } })}`,
  ],
  ['a batch with an array as input', `/answer,whoami?batch=1&${input([{ bytes: 2 }, {}])}`],
  ['a batch with text as input', `/answer,whoami?batch=1&${input('x')}`],
  ['a batch without input', '/answer,whoami?batch=1'],
  ['a batch of both kinds', '/answer,renamePaper?batch=1'],
  ['a batch that names nothing', '/answer,nothing?batch=1'],
  [
    'a batch of mutations',
    '/renamePaper,renamePaper?batch=1',
    () => post({ 0: { id: paper, title: 'A', meta: 1 }, 1: {} }, agent),
  ],
  ['a batch that streams', `/whoami?batch=1&${input({})}`, () => ({ headers: lines })],
  [
    'a batch that streams an error',
    `/fail?batch=1&${input({ 0: { how: 'too-many' } })}`,
    () => ({ headers: lines }),
  ],
  [
    'a batch that streams, asked for by accept',
    '/whoami?batch=1',
    () => ({ headers: { accept: 'application/jsonl' } }),
  ],
  ['a stream without a batch', '/whoami', () => ({ headers: lines })],
  ['a subscription nobody may make', `/ticks?${input({ to: 1 })}`],
  ['a subscription with bad input', `/ticks?${input({ to: 0 })}`, () => ({ headers: visitor })],
  ['a subscription in a batch', `/ticks?batch=1&${input({ 0: { to: 1 } })}`, () => ({ headers: visitor })],
  ['a subscription posted', '/ticks', () => post({ to: 1 }, visitor)],
  ['connection parameters that are none', `/ticks?${input({ to: 1 })}&connectionParams=7`],
  ['a question for the headers alone', '/whoami', () => ({ method: 'HEAD' })],
]

test.for(cases)('%s is answered as tRPC itself answers it', async ([, path, init]) => {
  const [ours, stock] = await Promise.all([
    ask(kiosk.url, path, init?.()),
    ask(kiosk.stockUrl, path, init?.()),
  ])
  expect(ours).toEqual(stock)
})

test('a subscription is sent as tRPC itself sends it, from the start and resumed', async () => {
  const resumed = { headers: { ...visitor, 'last-event-id': '2' } }
  const token = encodeURIComponent(JSON.stringify({ token: visitor.authorization!.slice('Bearer '.length) }))
  const ways: [string, RequestInit][] = [
    [`/ticks?${input({ to: 3 })}`, { headers: visitor }],
    [`/ticks?${input({ to: 3 })}`, resumed],
    [`/ticks?${input({ to: 3 })}&lastEventId=1`, { headers: visitor }],
    [`/ticks?${input({ to: 2 })}&connectionParams=${token}`, {}],
  ]
  for (const [path, init] of ways) {
    const last = path.includes('2%7D') ? 'id: 2\n' : 'id: 3\n'
    const [ours, stock] = await Promise.all(
      [kiosk.url, kiosk.stockUrl].map((url) => listen(url + path, init, last)),
    )
    expect(ours).toEqual(stock)
    expect(ours!.text).toContain(last)
  }
})

async function ask(url: string, path: string, init?: RequestInit) {
  const response = await fetch(url + path, init)
  return describe(response, await response.text())
}

/** Reads a stream until an event has come. */
async function listen(url: string, init: RequestInit, last: string) {
  const response = await fetch(url, init)
  let text = ''
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk
    if (text.includes(last)) break
  }
  return describe(response, text.slice(0, text.indexOf(last) + last.length))
}

/** What a client sees, but for what differs from call to call. */
function describe(response: Response, text: string) {
  const headers = Object.fromEntries([...response.headers].filter(([name]) => !ofTheMoment.has(name)))
  return {
    status: response.status,
    headers,
    text: text.replaceAll(/"traceId":"[0-9a-f]{32}"/g, '"traceId":"-"'),
  }
}

/** How a body is framed is HTTP's own affair. */
const ofTheMoment = new Set(['date', 'connection', 'keep-alive', 'content-length', 'transfer-encoding'])
