import { errorReasons } from '@candor/contracts/errors'
import type { ErrorReason } from '@candor/contracts/errors'
import { continueTrace, currentTrace, runInTrace, traceparent } from '@candor/runtime/trace'
import { TRPCClientError } from '@trpc/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { canary } from './kiosk.ts'
import { bearer, startKiosk } from './start-kiosk.ts'
import type { Kiosk } from './start-kiosk.ts'

let kiosk: Kiosk
beforeAll(async () => {
  kiosk = await startKiosk()
})
afterAll(() => kiosk[Symbol.asyncDispose]())

type Client = ReturnType<Kiosk['overHttp']>
const paper = '7b0f2a2e-6c2d-4d5e-9a57-1f2d3c4b5a69'
const nowhere = '00000000-6c2d-4d5e-9a57-1f2d3c4b5a69'

/** What came of one call at both doors: an answer, or an error as a client sees it. */
async function atBothDoors(call: (client: Client) => Promise<unknown>, as?: 'visitor' | 'agent') {
  const token = as && (await kiosk.token[as]())
  const outcomes = [kiosk.overHttp(token), kiosk.overNats(token)].map((client) =>
    call(client).then(
      (answer) => ({ answer }),
      (err: unknown) => describe(err),
    ),
  )
  const [overHttp, overNats] = await Promise.all(outcomes)
  expect(overNats).toEqual(overHttp)
  return overHttp
}

function describe(err: unknown) {
  if (!(err instanceof TRPCClientError)) throw err
  const { traceId, ...data } = err.data
  expect(traceId).toMatch(/^[0-9a-f]{32}$/)
  return { message: err.message, code: err.shape?.code, ...data }
}

test('a query answers the same at both doors', async () => {
  expect(await atBothDoors((client) => client.getPaper.query({ id: paper }), 'agent')).toEqual({
    answer: { id: paper, title: 'The Daily' },
  })
})

test('a mutation answers the same at both doors', async () => {
  const rename = (client: Client) => client.renamePaper.mutate({ id: paper, title: '  Weekly ', meta: 1 })
  expect(await atBothDoors(rename, 'visitor')).toEqual({ answer: { title: 'Weekly' } })
})

test('bad input is refused the same at both doors, each field by its name', async () => {
  const rename = (client: Client) => client.renamePaper.mutate({ id: 'x', title: 'a\u0007', meta: 1 })
  expect(await atBothDoors(rename, 'visitor')).toMatchObject({
    httpStatus: 400,
    reason: 'bad-input',
    retryable: false,
    fields: [{ path: 'id' }, { path: 'title', message: 'no control characters' }],
  })
})

test('what is not there is not found the same at both doors', async () => {
  expect(await atBothDoors((client) => client.getPaper.query({ id: nowhere }), 'agent')).toMatchObject({
    httpStatus: 404,
    reason: 'not-found',
    message: 'paper not found',
    path: 'getPaper',
  })
})

test('whoever may not call is refused the same at both doors, before the input is read', async () => {
  const badly = (client: Client) => client.getPaper.query({ id: 'not even an id' })
  expect(await atBothDoors(badly, 'visitor')).toMatchObject({ httpStatus: 403, reason: 'forbidden' })
  const anonymous = await kiosk.overHttp().getPaper.query({ id: 'x' }).catch(describe)
  expect(anonymous).toMatchObject({ httpStatus: 401, reason: 'not-signed-in' })
})

test('a token that does not verify is refused the same at both doors, and ignored where none is needed', async () => {
  const [forged] = (await kiosk.token.agent()).split('.')
  for (const token of [`${forged}.e30.x`, 'nonsense', `${forged}.e30.x y`]) {
    const outcomes = [kiosk.overHttp(token), kiosk.overNats(token)].map((client) =>
      client.getPaper.query({ id: paper }).catch(describe),
    )
    const [overHttp, overNats] = await Promise.all(outcomes)
    expect(overNats).toEqual(overHttp)
    expect(overHttp).toMatchObject({ httpStatus: 401, reason: 'not-signed-in' })
    expect(await kiosk.overHttp(token).answer.query({ bytes: 1 })).toEqual({ text: 'x' })
  }
})

test.for(Object.entries(errorReasons))(
  'a handler that refuses with %s is understood the same at both doors',
  async ([reason, { retryable }]) => {
    expect(await atBothDoors((client) => client.fail.query({ how: reason }))).toMatchObject({
      reason,
      retryable,
      message: `refused: ${reason}`,
      ...(reason === 'too-many' ? { retryAfterSeconds: 30 } : {}),
    })
  },
)

const accidents: [string, ErrorReason][] = [
  ['ECONNREFUSED', 'unavailable'],
  ['57P01', 'unavailable'],
  ['55P03', 'unavailable'],
  ['57014', 'timeout'],
  ['23505', 'internal'],
  ['NoRespondersError', 'unavailable'],
  ['TypeError', 'internal'],
  ['schema', 'internal'],
  ['word', 'internal'],
  ['nothing', 'internal'],
]

test.for(accidents)(
  '%s inside is told as %s at both doors, and nothing of the inside',
  async ([how, reason]) => {
    const outcome = await atBothDoors((client) => client.fail.query({ how }))
    expect(outcome).toMatchObject({ reason, retryable: errorReasons[reason].retryable })
  },
)

test('no error carries a stack, a file name or an inner message, at either door', async () => {
  const url = `${kiosk.url}/fail?batch=1&input=`
  for (const [how] of [...accidents, ['internal'], ['conflict']] as const) {
    const input = encodeURIComponent(JSON.stringify({ 0: { how } }))
    const plain = await (await fetch(url + input)).text()
    const streamed = await (
      await fetch(url + input, { headers: { 'trpc-accept': 'application/jsonl' } })
    ).text()
    const overNats = await kiosk
      .overNats()
      .fail.query({ how })
      .catch((err) => JSON.stringify(err.shape))
    for (const text of [plain, streamed, overNats]) {
      expect(text).toContain('reason')
      expect(text).not.toMatch(/canary|\.ts|node_modules|stack|at \w+ \(/)
    }
  }
})

test('what a handler answers beyond its schema does not leave, and an answer that breaks it is an error', async () => {
  const token = await kiosk.token.agent()
  const input = encodeURIComponent(JSON.stringify({ id: paper }))
  const overHttp = await (
    await fetch(`${kiosk.url}/getPaper?input=${input}`, { headers: bearer(token) })
  ).text()
  expect(overHttp).toContain('The Daily')
  expect(overHttp).not.toContain(canary)
  expect(await kiosk.overNats(token).getPaper.query({ id: paper })).toEqual({ id: paper, title: 'The Daily' })
  expect(await atBothDoors((client) => client.answer.query({ wrong: true }))).toMatchObject({
    reason: 'internal',
    message: 'something went wrong on our side',
  })
})

test("the caller's trace goes on at both doors, and a new one starts where there is none", async () => {
  const trace = continueTrace(`00-${'5e'.repeat(16)}-${'01'.repeat(8)}-01`)
  const overNats = await runInTrace(trace, () => kiosk.overNats().whoami.query())
  expect(overNats.traceId).toBe('5e'.repeat(16))
  const headers = { traceparent: traceparent(trace)! }
  const { result } = (await (await fetch(`${kiosk.url}/whoami`, { headers })).json()) as any
  expect(result.data.traceId).toBe('5e'.repeat(16))
  expect(currentTrace()).toBeUndefined()
  const fresh = await Promise.all([kiosk.overHttp(), kiosk.overNats()].map((client) => client.whoami.query()))
  expect(new Set(fresh.map(({ traceId }) => traceId)).size).toBe(2)
  const malformed = await fetch(`${kiosk.url}/whoami`, { headers: { traceparent: canary } })
  expect(await malformed.text()).not.toContain(canary)
})

test("a user's token makes a call over NATS that user's, and without one it is the service's", async () => {
  expect((await kiosk.overNats().whoami.query()).caller).toBe('service operator')
  const visitor = await kiosk.overNats(await kiosk.token.visitor()).whoami.query()
  expect(visitor.caller).toMatch(/^visitor [0-9a-f-]{36}$/)
})

test('calls are counted and timed by procedure and outcome at both doors', async () => {
  await atBothDoors((client) => client.getPaper.query({ id: nowhere }), 'agent')
  const counted = await kiosk.metrics.registry.getSingleMetric('rpc_requests_total')!.get()
  const timed = await kiosk.metrics.registry.getSingleMetric('rpc_request_duration_seconds')!.get()
  for (const door of ['http', 'nats']) {
    const labels = { procedure: 'getPaper', door }
    expect(counted.values).toContainEqual(
      expect.objectContaining({ labels: { ...labels, kind: 'query', reason: 'not-found' } }),
    )
    expect(timed.values).toContainEqual(expect.objectContaining({ labels: expect.objectContaining(labels) }))
  }
})
