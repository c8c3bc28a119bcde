import { randomUUID } from 'node:crypto'
import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { settle } from '@candor/testing/settle'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { appendAll, effects, range, recording, startEvents, unpublished } from './start-events.ts'
import type { Events } from './start-events.ts'

let events: Events
beforeEach(async () => {
  events = await startEvents()
})
afterEach(() => events[Symbol.asyncDispose]())

const published = () => settle(async () => expect(await unpublished(events.chat)).toBe(0))
const applied = (stream: string, seqs: number[]) =>
  settle(async () => expect(await effects(events.billing, stream)).toEqual(seqs), 20_000)

test('while the broker is away nothing is lost, and everything goes on by itself', async () => {
  const line = await events.line(events.nats.url)
  await events.relay({ nats: await events.connect('chat', line.url) })
  await events.consumer([recording()], { nats: await events.connect('billing', line.url) })
  const stream = randomUUID()
  await appendAll(events.chat, stream, range(1, 5))
  await applied(stream, range(1, 5))
  line.unplug()
  await appendAll(events.chat, stream, range(6, 30))
  expect(await unpublished(events.chat)).toBe(25)
  line.plugIn()
  await applied(stream, range(1, 30))
})

test("after the broker's store is deleted everything not yet consumed arrives, and takes effect once", async () => {
  await events.relay()
  const stream = randomUUID()
  const consumer = await events.consumer([recording()])
  await appendAll(events.chat, stream, range(1, 10))
  await applied(stream, range(1, 10))
  await consumer.stop()
  await appendAll(events.chat, stream, range(11, 20))
  await published()
  await events.nats.restart((storeDir) => rm(join(storeDir, 'jetstream'), { recursive: true }))
  await events.consumer([recording()])
  await applied(stream, range(1, 20))
})

test("after the broker's store is set back to an older copy, and has moved on from there, the same holds", async () => {
  const relay = await events.relay()
  const stream = randomUUID()
  const consumer = await events.consumer([recording()])
  await appendAll(events.chat, stream, range(1, 10))
  await applied(stream, range(1, 10))
  const copy = `${events.nats.storeDir}-copy`
  await events.nats.restart((storeDir) => cp(join(storeDir, 'jetstream'), copy, { recursive: true }))
  await consumer.stop()
  await appendAll(events.chat, stream, range(11, 20))
  await published()
  await relay.stop()
  // This one has just looked, so that the next look is not due before it has something to publish.
  await events.relay()
  await events.nats.restart(async (storeDir) => {
    await rm(join(storeDir, 'jetstream'), { recursive: true })
    await cp(copy, join(storeDir, 'jetstream'), { recursive: true })
  })
  await rm(copy, { recursive: true })

  await appendAll(events.chat, stream, range(21, 45))
  await events.consumer([recording()])
  await applied(stream, range(1, 45))
})
