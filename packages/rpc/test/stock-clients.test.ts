import { settle } from '@candor/testing/settle'
import { httpBatchLink, httpBatchStreamLink, httpLink, httpSubscriptionLink } from '@trpc/client'
import { EventSource } from 'eventsource'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { canary } from './kiosk.ts'
import { bearer, clientOf, startKiosk } from './start-kiosk.ts'
import type { Kiosk } from './start-kiosk.ts'

let kiosk: Kiosk
beforeAll(async () => {
  kiosk = await startKiosk()
})
afterAll(() => kiosk[Symbol.asyncDispose]())

const paper = '7b0f2a2e-6c2d-4d5e-9a57-1f2d3c4b5a69'

test.for([
  ['httpLink', httpLink],
  ['httpBatchLink', httpBatchLink],
  ['httpBatchStreamLink', httpBatchStreamLink],
] as const)('%s gets answers and typed errors, each for its own call', async ([, link]) => {
  const client = clientOf([link({ url: kiosk.url, headers: bearer(await kiosk.token.agent()) })])
  const reads = [
    client.getPaper.query({ id: paper }),
    client.answer.query(),
    client.fail.query({ how: 'conflict' }),
    client.getPaper.query({ id: 'x' }),
  ]
  const outcomes = await Promise.allSettled(reads)
  expect(outcomes).toMatchObject([
    { value: { title: 'The Daily' } },
    { value: { text: '' } },
    { reason: { data: { reason: 'conflict', httpStatus: 409 } } },
    { reason: { data: { reason: 'bad-input', fields: [{ path: 'id' }] } } },
  ])
  const write = client.renamePaper.mutate({ id: paper, title: 'Weekly', meta: null })
  expect(await write).toEqual({ title: 'Weekly' })
})

test('an answer in a batch that streams does not wait for the slowest of the batch', async () => {
  const client = clientOf([httpBatchStreamLink({ url: kiosk.url })])
  const over = new AbortController()
  const slow = client.wait.query({}, over)
  expect(await client.answer.query({ bytes: 2 }, over)).toEqual({ text: 'xx' })
  over.abort()
  await expect(slow).rejects.toThrow('abort')
})

/** Follows `ticks` with tRPC's own subscription link. */
async function follow(input: { to: number; lastEventId?: string }, url = kiosk.url, token?: string) {
  const headers = bearer(token ?? (await kiosk.token.visitor()))
  const client = clientOf([
    httpSubscriptionLink({
      url,
      EventSource,
      eventSourceOptions: {
        fetch: (address, init) => fetch(address, { ...init, headers: { ...init.headers, ...headers } }),
      },
    }),
  ])
  const seen: unknown[] = []
  const failures: any[] = []
  const pauses: any[] = []
  let isOver = false
  const { unsubscribe } = client.ticks.subscribe(input, {
    onData: (event) => seen.push(event),
    onError: (err) => failures.push(err),
    onComplete: () => (isOver = true),
    onConnectionStateChange: ({ error }) => error && pauses.push(error),
  })
  return { seen, failures, pauses, isOver: () => isOver, stop: unsubscribe }
}

test('httpSubscriptionLink gets every event with the id to resume from, as the schema has it', async () => {
  const ticks = await follow({ to: 3 })
  const expected = [1, 2, 3].map((tick) => ({ id: String(tick), data: { tick } }))
  await settle(() => expect(ticks.seen).toEqual(expected))
  expect(JSON.stringify(ticks.seen)).not.toContain(canary)
  ticks.stop()
})

test('a client that resumes goes on after the last event it saw', async () => {
  const ticks = await follow({ to: 5, lastEventId: '3' })
  await settle(() => expect(ticks.seen).toMatchObject([{ id: '4' }, { id: '5' }]))
  ticks.stop()
})

test('a client that goes away ends its stream inside', async () => {
  const before = kiosk.events.aborted.length
  const ticks = await follow({ to: 1 })
  await settle(() => expect(ticks.seen).toHaveLength(1))
  ticks.stop()
  await settle(() => expect(kiosk.events.aborted.slice(before)).toEqual(['ticks']))
})

test('whoever may not follow, or asks badly, is told so and does not try again for ever', async () => {
  const stranger = await follow({ to: 1 }, kiosk.url, 'forged')
  await settle(() =>
    expect(stranger.failures).toMatchObject([{ data: { reason: 'not-signed-in', httpStatus: 401 } }]),
  )
  const careless = await follow({ to: 0 })
  await settle(() =>
    expect(careless.failures).toMatchObject([{ data: { reason: 'bad-input', fields: [{ path: 'to' }] } }]),
  )
})

test('a process that stops throws its streams a retryable error, and a client goes on elsewhere by itself', async () => {
  const other = await kiosk.replica()
  const ticks = await follow({ to: 2 }, other.url)
  await settle(() => expect(ticks.seen).toHaveLength(2))
  const stopped = other.stop()
  await settle(() =>
    expect(ticks.pauses[0]).toMatchObject({ data: { reason: 'unavailable', retryable: true } }),
  )
  await stopped
  expect(other.events.aborted).toEqual(['ticks'])
  expect(ticks.failures).toEqual([])
  expect(ticks.isOver()).toBe(false)
  ticks.stop()
})

test('a stream does not outlive its access token, and its client is told to connect again', async () => {
  const ticks = await follow({ to: 3 }, kiosk.url, await kiosk.token.visitor(2))
  await settle(() => expect(ticks.seen).toHaveLength(3))
  await settle(() => expect(ticks.pauses[0]).toMatchObject({ data: { reason: 'unavailable' } }))
  ticks.stop()
})

test.for([
  ['httpBatchLink', httpBatchLink],
  ['httpBatchStreamLink', httpBatchStreamLink],
] as const)(
  'a batch of more than fifty calls by %s is refused as a whole, with the number',
  async ([, link]) => {
    const client = clientOf([link({ url: kiosk.url, headers: bearer(await kiosk.token.agent()) })])
    const read = (): Promise<unknown> => client.answer.query()
    const write = (): Promise<unknown> =>
      client.renamePaper.mutate({ id: paper, title: 'Weekly', meta: null })
    for (const call of [read, write]) {
      const outcomes = await Promise.allSettled(Array.from({ length: 51 }, call))
      const refused = { message: 'a batch has at most 50 calls; send several', data: { reason: 'too-large' } }
      expect(outcomes).toMatchObject(outcomes.map(() => ({ reason: refused })))
      expect((await Promise.allSettled(Array.from({ length: 50 }, call)))[49]).toMatchObject({
        status: 'fulfilled',
      })
    }
  },
)

test.for([
  ['httpBatchLink', httpBatchLink],
  ['httpBatchStreamLink', httpBatchStreamLink],
] as const)('%s is refused what is too large together, for answers may never be read', async ([, link]) => {
  const client = clientOf([link({ url: kiosk.url })])
  const bytes = 3 * 1024 * 1024
  const asked = Array.from({ length: 5 }, () => client.answer.query({ bytes }))
  const outcomes = await Promise.allSettled(asked)
  const told = outcomes.filter(({ status }) => status === 'fulfilled')
  const refused = outcomes.filter((one) => one.status === 'rejected').map(({ reason }) => reason.data.reason)
  expect(told).toHaveLength(2)
  expect(refused).toEqual(['too-large', 'too-large', 'too-large'])
})
