import type { Call } from '@candor/rpc/call'
import { countStreams } from '@candor/rpc/count-streams'
import { ServiceError } from '@candor/rpc/service-error'
import { createStreams } from '@candor/rpc/stream-events'
import { createMetrics } from '@candor/runtime/metrics'
import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => void vi.useRealTimers())

const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length

test('a stream that its handler refuses leaves nothing waiting', async () => {
  const { signal } = new AbortController()
  const refuse = () => {
    throw new ServiceError('bad-input', 'name one')
  }
  const before = timers()
  const open = createStreams({ stopping: signal })
  const stream = open({} as never, refuse, {}, {} as never, {} as never)
  await expect(stream({ take: () => {}, onGone: () => {} })).rejects.toThrow('name one')
  expect(timers()).toBe(before)
})

test('a process that is leaving ends its streams one after the other, once most readers are sent to another', async () => {
  vi.useFakeTimers()
  const leaving = new AbortController()
  const untilGone = (_input: unknown, { signal }: Call) =>
    new Promise<void>((resolve) => signal().addEventListener('abort', () => resolve()))
  const open = createStreams({
    stopping: new AbortController().signal,
    leaving: { leaving: leaving.signal, drainAfterMs: 4_000 },
  })
  const endedAt: number[] = []
  const streams = Array.from({ length: 50 }, () =>
    open(
      {} as never,
      untilGone,
      {},
      {} as never,
      {} as never,
    )({ take: () => {}, onGone: () => {} }).catch((err: ServiceError) => {
      endedAt.push(Date.now() - began)
      return err.reason
    }),
  )
  const began = Date.now()
  leaving.abort()
  await vi.advanceTimersByTimeAsync(4_000)
  expect(new Set(await Promise.all(streams))).toEqual(new Set(['unavailable']))
  expect(Math.min(...endedAt)).toBeGreaterThanOrEqual(2_000)
  expect(new Set(endedAt).size).toBeGreaterThan(20)
})

test('a stream counts as open until nobody reads it', async () => {
  const metrics = createMetrics('kiosk')
  const open = async () =>
    (await metrics.registry.getSingleMetric('rpc_streams_open')!.get()).values[0]!.value
  const { signal } = new AbortController()
  const streams = createStreams({ stopping: signal, countStreams: countStreams(metrics) })
  const finished = Promise.withResolvers<void>()
  const reading = streams(
    {} as never,
    () => finished.promise,
    {},
    {} as never,
    {} as never,
  )({
    take: () => {},
    onGone: () => {},
  })
  expect(await open()).toBe(1)
  finished.resolve()
  await reading
  expect(await open()).toBe(0)
})
