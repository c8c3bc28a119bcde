import { billing } from '@candor/contracts/billing'
import { natsRequest } from '@candor/rpc/nats-request'
import { createServiceClient } from '@candor/rpc/service-client'
import { createLogger } from '@candor/runtime/logger'
import { closeNats, connectNats } from '@candor/runtime/nats'
import { startLine } from '@candor/testing/line'
import { settle } from '@candor/testing/settle'
import { standIn } from '@candor/testing/stand-in'
import { headers as natsHeaders } from '@nats-io/transport-node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { kiosk as kioskContract } from './kiosk.ts'
import { kioskAs, startKiosk } from './start-kiosk.ts'
import type { Kiosk } from './start-kiosk.ts'

let kiosk: Kiosk
beforeAll(async () => {
  kiosk = await startKiosk()
})
afterAll(() => kiosk[Symbol.asyncDispose]())

const unanswered = { data: { reason: 'unavailable', retryable: true, httpStatus: 503 } }

async function timed<T>(work: () => Promise<T>): Promise<{ tookMs: number; err: unknown }> {
  const started = performance.now()
  const err = await work().then(
    () => expect.unreachable('it answered'),
    (thrown: unknown) => thrown,
  )
  return { tookMs: performance.now() - started, err }
}

/** How many calls of a procedure came in at all, refused ones included. */
async function callsOf(procedure: string, at = kiosk): Promise<number> {
  const { values } = await at.metrics.registry.getSingleMetric('rpc_requests_total')!.get()
  return values
    .filter(({ labels }) => labels.procedure === procedure)
    .reduce((sum, { value }) => sum + value, 0)
}

test('the service that a row names may call it', async () => {
  const transcripts = await kioskAs(kiosk.nats, 'transcripts')
  expect(await transcripts.getConversationRecord.query()).toEqual({ for: 'transcripts' })
})

test('a service that the row does not name cannot even knock, and neither can one in its name', async () => {
  const before = await callsOf('getConversationRecord')
  const honest = await kioskAs(kiosk.nats, 'billing', 300)
  const asBilling = await kiosk.nats.connect('billing')
  const thief = createServiceClient(kioskContract, { nats: asBilling, self: 'transcripts', timeoutMs: 300 })
  for (const client of [honest, thief])
    await expect(client.getConversationRecord.query()).rejects.toMatchObject(unanswered)
  expect(await callsOf('getConversationRecord')).toBe(before)
})

test('the operator may knock everywhere and is told where it may not enter', async () => {
  const knock = kiosk.overNats().getConversationRecord.query()
  await expect(knock).rejects.toMatchObject({ data: { reason: 'forbidden' } })
})

test('a call ends at its deadline at both ends', async () => {
  const { tookMs, err } = await timed(() => kiosk.overNats(undefined, 250).wait.query())
  expect(err).toMatchObject(unanswered)
  expect(tookMs).toBeGreaterThan(200)
  expect(tookMs).toBeLessThan(2_000)
  await settle(() => expect(kiosk.events.aborted).toContain('TimeoutError'), 2_000)
})

test('a call with nobody there waits for somebody to come', async () => {
  const client = createServiceClient(billing, {
    nats: await kiosk.nats.connect('operator'),
    self: 'operator',
  })
  const early = client.redriveParkedEvents.mutate({})
  const answer = { redriven: 0, stillParked: 0 }
  await using _billing = standIn(await kiosk.nats.connect('billing'), billing, {
    redriveParkedEvents: async () => answer,
  })
  expect(await early).toEqual(answer)
})

test('a call with nobody there until its deadline may be repeated', async () => {
  const operator = await kiosk.nats.connect('operator')
  const client = createServiceClient(billing, { nats: operator, self: 'operator', timeoutMs: 400 })
  const { tookMs, err } = await timed(() => client.listParkedEvents.query({}))
  expect(err).toMatchObject(unanswered)
  expect(tookMs).toBeGreaterThan(250)
})

test('while the broker is away calls fail as retryable within their deadline, and go on by themselves', async () => {
  await using line = await startLine(kiosk.nats.url)
  const log = createLogger({ service: 'test', level: 'silent' })
  const nats = await connectNats({ url: line.url, seed: kiosk.nats.seeds.operator, name: 'operator', log })
  const client = createServiceClient(kioskContract, { nats, self: 'operator', timeoutMs: 400 })
  expect(await client.answer.query({ bytes: 1 })).toEqual({ text: 'x' })
  line.unplug()
  const { tookMs, err } = await timed(() => client.answer.query({ bytes: 1 }))
  expect(err).toMatchObject(unanswered)
  expect(tookMs).toBeLessThan(2_000)
  line.plugIn()
  await settle(async () => expect(await client.answer.query({ bytes: 1 })).toEqual({ text: 'x' }))
  await closeNats(nats)
})

test('answers larger than a message arrive whole, also several at once', async () => {
  const client = kiosk.overNats()
  const sizes = [3_000_000, 10, 2_500_000, 1_100_000]
  const answers = await Promise.all(sizes.map((bytes) => client.answer.query({ bytes })))
  expect(answers.map(({ text }) => text.length)).toEqual(sizes)
})

test('what is too large to answer or to ask is told as too large', async () => {
  const tooLarge = { data: { reason: 'too-large', retryable: false, httpStatus: 413 } }
  const answer = kiosk.overNats().answer.query({ bytes: 34_000_000 })
  await expect(answer).rejects.toMatchObject(tooLarge)
  const ask = kiosk.overNats().fail.query({ how: 'x'.repeat(2_000_000) })
  await expect(ask).rejects.toMatchObject(tooLarge)
})

test('of two replicas one takes each call', async () => {
  const other = await kiosk.replica()
  const before = await callsOf('whoami')
  const client = kiosk.overNats()
  await Promise.all(Array.from({ length: 60 }, () => client.whoami.query()))
  const counts = [(await callsOf('whoami')) - before, await callsOf('whoami', { ...kiosk, ...other })]
  expect(counts[0]! + counts[1]!).toBe(60)
  expect(Math.min(...counts)).toBeGreaterThan(0)
  await other.stop()
})

test('a call in flight when its replica stops is answered, and the next goes to another', async () => {
  await using only = await startKiosk()
  const lastWork = Promise.withResolvers<void>()
  only.events.lastWork = lastWork.promise
  const waiting = only.overNats().wait.query()
  await settle(async () => expect(await inFlight(only)).toBe(1))
  let hasStopped = false
  const stopped = only.stop().then(() => (hasStopped = true))
  await settle(() => expect(only.events.aborted).toHaveLength(1))
  await only.nats.connect('operator')
  expect(hasStopped).toBe(false)
  lastWork.resolve()
  await expect(waiting).rejects.toMatchObject({ data: { reason: 'timeout', retryable: true } })
  await stopped
  const next = only.overNats().answer.query({ bytes: 1 })
  await only.replica()
  expect(await next).toEqual({ text: 'x' })
})

async function inFlight({ metrics }: Kiosk): Promise<number> {
  return (await metrics.registry.getSingleMetric('rpc_in_flight')!.get()).values[0]!.value
}

test('calls beyond what a replica serves at once are turned away at once, and may be repeated', async () => {
  const client = kiosk.overNats(undefined, 1_500)
  const calls = Array.from({ length: 300 }, () => timed(() => client.wait.query()))
  const outcomes = await Promise.all(calls)
  const turnedAway = outcomes.filter(({ err }) => (err as Error).message.startsWith('too many calls'))
  expect(turnedAway).toHaveLength(300 - 256)
  for (const { err } of turnedAway) expect(err).toMatchObject(unanswered)
  await settle(async () => expect(await inFlight(kiosk)).toBe(0))
})

test.for([
  ['answer', 'not json', 'bad-input'],
  ['answer', 'null', 'bad-input'],
  ['answer', Buffer.from('{"input":{"bytes":1,"x":"\xff"}}', 'latin1'), 'bad-input'],
  ['answer', '{"input":{"bytes":1,"x":"\\ud83d"}}', 'bad-input'],
  ['answer', `{"input":{"x":${'['.repeat(9_000)}${']'.repeat(9_000)}}}`, 'bad-input'],
  ['nothing', '', 'no-such-procedure'],
  ['constructor', '', 'no-such-procedure'],
  ['__proto__', '', 'no-such-procedure'],
  ['ticks', '{"input":{"to":1}}', 'wrong-method'],
] as const)('a message to %s that holds %s is refused as %s', async ([procedure, payload, reason]) => {
  expect(await askInRaw(procedure, payload)).toMatchObject({ error: { data: { reason } } })
})

test.for(['soon', '-5', '0', '1e30', 'Infinity'])(
  'a deadline of "%s" is made one that makes sense',
  async (ms) => {
    const headers = natsHeaders()
    headers.set('timeout-ms', ms)
    const answer = await askInRaw('answer', '{"input":{"bytes":1}}', headers)
    expect(answer).toEqual({ result: { data: { text: 'x' } } })
  },
)

async function askInRaw(procedure: string, payload: string | Uint8Array, headers = natsHeaders()) {
  const operator = await kiosk.nats.connect('operator')
  const subject = `rpc.chat.${procedure}.operator`
  const options = { service: 'chat', self: 'operator', timeoutMs: 3_000, headers }
  return JSON.parse(Buffer.from(await natsRequest(operator, subject, payload, options)).toString())
}
