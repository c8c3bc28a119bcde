import type { Call } from '@candor/rpc/call'
import { countStreams } from '@candor/rpc/count-streams'
import { ServiceError } from '@candor/rpc/service-error'
import type { Observe } from '@candor/rpc/observe'
import { createStreams } from '@candor/rpc/stream-events'
import { createMetrics } from '@candor/runtime/metrics'
import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => void vi.useRealTimers())

const observe: Observe = (_, work) => work()
const openedBy = (authentication: object) =>
  ({ path: 'live', ctx: { door: 'http', authentication } }) as never
const opened = openedBy({})

const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length

test('a stream that its handler refuses leaves nothing waiting', async () => {
  const { signal } = new AbortController()
  const refuse = () => {
    throw new ServiceError('bad-input', 'name one')
  }
  const before = timers()
  const open = createStreams({ observe, stopping: signal })
  const stream = open({} as never, refuse, {}, {} as never, opened)
  await expect(stream({ take: () => {}, onGone: () => {} })).rejects.toThrow('name one')
  expect(timers()).toBe(before)
})

const untilGone = (_input: unknown, { signal }: Call) =>
  new Promise<void>((resolve) => signal().addEventListener('abort', () => resolve()))

test.for([
  ['its access token does', { validForMs: 30_000 }, 30_000],
  ['ten minutes are over, however long its token lasts', { validForMs: 36_000_000 }, 600_000],
  ['ten minutes are over, where no token is needed', {}, 600_000],
] as const)('a stream ends when %s', async ([, authentication, expectedMs]) => {
  vi.useFakeTimers()
  const open = createStreams({ observe, stopping: new AbortController().signal })
  const stream = open({} as never, untilGone, {}, {} as never, openedBy(authentication))
  let reason: string | undefined
  stream({ take: () => {}, onGone: () => {} }).catch((err: ServiceError) => (reason = err.reason))
  await vi.advanceTimersByTimeAsync(expectedMs - 1)
  expect(reason).toBeUndefined()
  await vi.advanceTimersByTimeAsync(1)
  expect(reason).toBe('unavailable')
})

test('a process that is leaving ends its streams one after the other, once most readers are sent to another', async () => {
  vi.useFakeTimers()
  const leaving = new AbortController()
  const open = createStreams({
    observe,
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
      opened,
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
  const streams = createStreams({ observe, stopping: signal, countStreams: countStreams(metrics) })
  const finished = Promise.withResolvers<void>()
  const reading = streams(
    {} as never,
    () => finished.promise,
    {},
    {} as never,
    opened,
  )({
    take: () => {},
    onGone: () => {},
  })
  expect(await open()).toBe(1)
  finished.resolve()
  await reading
  expect(await open()).toBe(0)
})

test('a stream that breaks off is observed as a call that failed, and one that is over is not', async () => {
  const seen: unknown[] = []
  const { signal } = new AbortController()
  const tell: Observe = (call, work) =>
    work().catch((err) => {
      seen.push({ ...call, reason: err.reason })
      throw err
    })
  const open = createStreams({ observe: tell, stopping: signal })
  const read = (handle: () => Promise<void>) =>
    open(
      { kind: 'subscription' } as never,
      handle,
      {},
      {} as never,
      opened,
    )({ take: () => {}, onGone: () => {} })
  await read(async () => {})
  expect(seen).toEqual([])
  await expect(read(() => Promise.reject(new Error('no such operator')))).rejects.toThrow('our side')
  expect(seen).toEqual([{ procedure: 'live', kind: 'subscription', door: 'http', reason: 'internal' }])
})
