import { randomUUID } from 'node:crypto'
import { eventStream } from '@candor/contracts/subjects'
import { provisionStreams } from '@candor/events/provision-streams'
import { createMetrics } from '@candor/runtime/metrics'
import type { Metrics } from '@candor/runtime/metrics'
import { settle } from '@candor/testing/settle'
import { jetstreamManager } from '@nats-io/jetstream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appendAll, recording, startEvents } from './start-events.ts'
import type { Events } from './start-events.ts'

let events: Events
beforeAll(async () => {
  events = await startEvents()
  await events.relay()
})
afterAll(() => events[Symbol.asyncDispose]())

/** What billing's consumer of chat's events shows. */
function consumerSamples(metrics: Metrics) {
  return async (name: string) => {
    const line = (await metrics.registry.metrics()).split('\n').find((each) => each.startsWith(`${name}{`))
    expect(line).toContain('consumer="billing-from-chat"')
    return Number(line!.split(' ').at(-1))
  }
}

test('a consumer that somebody deleted gets no further until it is there again', async () => {
  const metrics = createMetrics('billing')
  const sample = consumerSamples(metrics)
  await events.consumer([recording()], { metrics })
  expect(await sample('consumer_stalled_seconds')).toBe(0)
  const admin = await events.connect('admin')
  await (await jetstreamManager(admin)).consumers.delete(eventStream, 'billing-from-chat')
  await settle(async () => expect(await sample('consumer_stalled_seconds')).toBeGreaterThan(0.05))
  await provisionStreams(admin)
  await settle(async () => expect(await sample('consumer_stalled_seconds')).toBe(0))
})

test('an event that waits shows how long nothing was acknowledged, and its lag once it took effect', async () => {
  const metrics = createMetrics('billing')
  const sample = consumerSamples(metrics)
  const held = Promise.withResolvers<void>()
  await events.consumer([recording({ prepare: () => held.promise })], { metrics })
  expect(await sample('consumer_stalled_seconds')).toBe(0)
  await appendAll(events.chat, randomUUID(), [1])
  await settle(async () => expect(await sample('consumer_pending')).toBe(1))
  await settle(async () => expect(await sample('consumer_stalled_seconds')).toBeGreaterThan(0.05))

  held.resolve()
  await settle(async () => expect(await sample('consumer_pending')).toBe(0))
  expect(await sample('consumer_stalled_seconds')).toBe(0)
  expect(await sample('event_lag_seconds_count')).toBe(1)
  expect(await sample('event_lag_seconds_sum')).toBeGreaterThan(0.05)
})
