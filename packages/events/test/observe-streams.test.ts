import { observeStreams } from '@candor/events/observe-streams'
import { createMetrics } from '@candor/runtime/metrics'
import { startTestNats } from '@candor/testing/test-nats'
import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import { expect, test } from 'vitest'

test('how much is in each stream and bucket is told, with its limit, and that one is gone; nothing while the broker is away', async () => {
  await using nats = await startTestNats()
  const privacy = await nats.connect('privacy')
  const metrics = createMetrics('privacy')
  observeStreams({ metrics, nats: privacy })
  const told = async () =>
    Object.fromEntries(
      [
        ...(await metrics.registry.metrics()).matchAll(/^jetstream_stream_(\w+){stream="(\w+)".*} (\S+)$/gm),
      ].map(([, what, stream, value]) => [`${stream} ${what}`, Number(value)]),
    )
  const empty = { present: 1, messages: 0, bytes: 0, copies_behind: 0 }
  const of = (stream: string, figures: object) =>
    Object.fromEntries(Object.entries(figures).map(([what, value]) => [`${stream} ${what}`, value]))
  expect(await told()).toEqual({
    ...of('EVENTS', { ...empty, bytes_max: 1024 ** 3 }),
    ...of('KV_policies', empty),
    ...of('ERASURES', empty),
  })

  await jetstream(privacy).publish('erasures.tenant.entry', 'x'.repeat(1_000))
  const manager = await jetstreamManager(await nats.connect('admin'))
  await manager.streams.delete('EVENTS')
  const after = await told()
  expect(after).toEqual({
    ...of('EVENTS', { present: 0 }),
    ...of('KV_policies', empty),
    ...of('ERASURES', { ...empty, messages: 1, bytes: expect.any(Number) }),
  })
  expect(after['ERASURES bytes']).toBeGreaterThan(1_000)

  await privacy.close()
  expect(await told()).toEqual({})
})
