import { randomUUID } from 'node:crypto'
import { messagePosted } from '@candor/contracts/chat/events'
import { eventConsumer, eventStream } from '@candor/contracts/subjects'
import { listParked } from '@candor/events/parked'
import { redriveParked } from '@candor/events/redrive-parked'
import { createMetrics } from '@candor/runtime/metrics'
import { continueTrace, currentTrace, runInTrace } from '@candor/runtime/trace'
import { settle } from '@candor/testing/settle'
import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  append,
  appendAll,
  effects,
  envelope,
  handling,
  parkedSeqs,
  range,
  recording,
  startEvents,
} from './start-events.ts'
import type { Events } from './start-events.ts'

let events: Events
let stream: string
const consumers: { stop(): Promise<void> }[] = []
beforeAll(async () => {
  events = await startEvents()
  await events.relay()
})
beforeEach(() => void (stream = randomUUID()))
afterEach(async () => {
  await Promise.all(consumers.splice(0).map((consumer) => consumer.stop()))
})
afterAll(() => events[Symbol.asyncDispose]())

const consume: Events['consumer'] = async (...options) => {
  const consumer = await events.consumer(...options)
  consumers.push(consumer)
  return consumer
}
const applied = (seqs: number[], of = stream) =>
  settle(async () => expect(await effects(events.billing, of)).toEqual(seqs), 15_000)
const consumerInfo = async () => {
  const manager = await jetstreamManager(await events.connect('admin'))
  return manager.consumers.info(eventStream, eventConsumer('billing', 'chat'))
}

test('a process that dies between commit and acknowledgement does not make an event take effect twice', async () => {
  const line = await events.line(events.nats.url)
  const before = (await consumerInfo()).delivered.consumer_seq
  const nats = await events.connect('billing', line.url)
  await consume([recording({ after: () => line.unplug() })], { nats })
  await appendAll(events.chat, stream, [1])
  await applied([1])
  await consume([recording()])
  await appendAll(events.chat, stream, [2])
  await applied([1, 2])
  const { delivered } = await consumerInfo()
  // The first was delivered a second time, for its acknowledgement never arrived.
  expect(delivered.consumer_seq - before).toBe(3)
})

test('an event that keeps failing is parked, its stream waits behind it, and the others go on', async () => {
  const well = randomUUID()
  let isHealed = false
  const failing = recording({
    apply: (seq) => {
      if (seq === 2 && !isHealed) throw new RangeError('two is too much')
    },
  })
  await consume([failing])
  await appendAll(events.chat, stream, [1, 2, 3])
  await appendAll(events.chat, well, [11, 12])
  await applied([11, 12], well)
  await settle(async () => expect(await parkedSeqs(events.billing, stream)).toEqual([2, 3]))
  expect(await listParked(events.billing, 10)).toMatchObject([
    { type: 'chat.message-posted', error: 'RangeError', attempts: 4 },
    { error: 'an earlier event of the same stream is parked', attempts: 1 },
  ])

  const options = handling(events.billing, [failing])
  expect(await redriveParked(options)).toEqual({ redriven: 0, stillParked: 2 })
  const [, third] = await listParked(events.billing, 10)
  expect(await redriveParked(options, third!.eventId)).toEqual({ redriven: 0, stillParked: 1 })
  await appendAll(events.chat, stream, [4])
  await settle(async () => expect(await parkedSeqs(events.billing, stream)).toEqual([2, 3, 4]))
  expect(await effects(events.billing, stream)).toEqual([1])

  isHealed = true
  expect(await redriveParked(options)).toEqual({ redriven: 3, stillParked: 0 })
  expect(await redriveParked(options)).toEqual({ redriven: 0, stillParked: 0 })
  await appendAll(events.chat, stream, [5])
  await applied([1, 2, 3, 4, 5])
})

test('while the database is away events wait, in order, and go on by themselves', async () => {
  const line = await events.line(events.urls.billing)
  await consume([recording()], { db: events.pool(line.url) })
  await appendAll(events.chat, stream, [1])
  await applied([1])
  line.unplug()
  await appendAll(events.chat, stream, range(2, 6))
  await settle(async () => expect((await consumerInfo()).num_ack_pending).toBe(1))
  line.plugIn()
  await applied(range(1, 6))
  expect(await listParked(events.billing, 10)).toEqual([])
})

test('a replica that stops while it waits hands its event to the other at once', async () => {
  const waiting = Promise.withResolvers<void>()
  const away = recording({
    prepare: async () => {
      waiting.resolve()
      throw Object.assign(new Error('away'), { data: { retryable: true } })
    },
  })
  const first = await consume([away])
  await appendAll(events.chat, stream, [1, 2])
  await waiting.promise
  await consume([recording()])
  await settle(async () => expect((await consumerInfo()).num_waiting).toBe(2))
  await first.stop()
  await settle(async () => expect(await effects(events.billing, stream)).toEqual([1, 2]), 3_000)
})

test('what is no event at all is dropped, counted, and holds nothing back', async () => {
  const js = jetstream(await events.connect('chat'))
  for (const garbage of ['', 'not json', '{}', '[]', JSON.stringify({ ...envelope('x', 1), id: 'no id' })])
    await js.publish(messagePosted.subject, garbage)
  const metrics = createMetrics('billing')
  await consume([recording()], { metrics })
  await appendAll(events.chat, stream, [1])
  await applied([1])
  expect(await metrics.registry.metrics()).toContain(
    'events_dropped_total{consumer="billing-from-chat",service="billing"} 5',
  )
})

test('an event carries the trace of the call that announced it', async () => {
  const seen: (string | undefined)[] = []
  await consume([recording({ apply: () => seen.push(currentTrace()?.traceId) })])
  const trace = continueTrace(`00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`)
  await runInTrace(trace, () => events.chat.transaction().execute((trx) => append(trx, stream, 1)))
  await settle(() => expect(seen).toEqual(['ab'.repeat(16)]))
})
