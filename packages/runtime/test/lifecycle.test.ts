import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { createLifecycle } from '@candor/runtime/lifecycle'
import { afterEach, expect, test, vi } from 'vitest'
import { capturedLog } from './captured-log.ts'
import { runLife } from './run-life.ts'

afterEach(() => void vi.useRealTimers())

test('what started last stops first', async () => {
  const stopped: string[] = []
  const lifecycle = createLifecycle(capturedLog().log)
  for (const name of ['database', 'broker', 'door']) lifecycle.onStop(name, () => stopped.push(name))
  await lifecycle.stop()
  expect(stopped).toEqual(['door', 'broker', 'database'])
})

test('whoever asks to stop a second time waits for the same stop', async () => {
  let times = 0
  const drained = Promise.withResolvers<void>()
  const lifecycle = createLifecycle(capturedLog().log)
  lifecycle.onStop('database', () => drained.promise.then(() => times++))
  void lifecycle.stop()
  const second = lifecycle.stop().then(() => times)
  drained.resolve()
  expect(await second).toBe(1)
  await lifecycle.stop()
  expect(times).toBe(1)
})

test('loops and long waits are told before anything is taken from under them', async () => {
  const lifecycle = createLifecycle(capturedLog().log)
  const told = once(lifecycle.signal, 'abort')
  lifecycle.onStop('database', () => expect(lifecycle.signal.aborted).toBe(true))
  await Promise.all([told, lifecycle.stop()])
})

test('a stop that fails does not keep the others from running', async () => {
  const stopped: string[] = []
  const { log, lines } = capturedLog()
  const lifecycle = createLifecycle(log)
  lifecycle.onStop('database', () => stopped.push('database'))
  lifecycle.onStop('rejecting', () => Promise.reject(new Error('no')))
  lifecycle.onStop('throwing', () => {
    throw new Error('no')
  })
  await lifecycle.stop()
  expect(stopped).toEqual(['database'])
  expect(lines().map(({ stop }) => stop)).toEqual(['throwing', 'rejecting'])
})

test('a stop that hangs is given its time and does not hold the others', async () => {
  vi.useFakeTimers()
  const stopped: string[] = []
  const lifecycle = createLifecycle(capturedLog().log)
  lifecycle.onStop('database', () => stopped.push('database'))
  lifecycle.onStop('hanging', () => new Promise(() => {}))
  const stop = lifecycle.stop()
  await vi.advanceTimersByTimeAsync(5_000)
  expect(stopped).toEqual([])
  await vi.advanceTimersByTimeAsync(2_000)
  await stop
  expect(stopped).toEqual(['database'])
})

test('what comes up while everything goes down is stopped as well', async () => {
  const stopped: string[] = []
  const lifecycle = createLifecycle(capturedLog().log)
  lifecycle.onStop('slow', async () => lifecycle.onStop('late', () => stopped.push('late')))
  await lifecycle.stop()
  expect(stopped).toEqual(['late'])
})

test('a signal stops a running process in order and it exits with 0', async () => {
  const life = await runLife('running')
  life.signal('SIGTERM')
  expect(await life.end()).toEqual({ code: 0, stopped: ['door', 'database'] })
})

test('a start that fails half-way stops what had started, says why and exits with 1', async () => {
  const life = await runLife('failing')
  expect(await life.end()).toEqual({ code: 1, stopped: ['database'] })
  expect(life.errors()).toContain('no broker today')
})

test('a signal also stops a process whose start is still waiting, and it exits with 0', async () => {
  const life = await runLife('waiting')
  life.signal('SIGINT')
  expect(await life.end()).toEqual({ code: 0, stopped: ['database'] })
})

test('a stop that takes longer than the deadline is cut with exit code 1', async () => {
  const life = await runLife('hanging')
  life.signal('SIGTERM')
  expect(await life.end()).toEqual({ code: 1, stopped: ['door'] })
})

test('a process that calls still come to goes on for as long as it was told, beyond the time that its stop has', async () => {
  const life = await runLife('leaving')
  const signalled = performance.now()
  life.signal('SIGTERM')
  expect(await life.end()).toEqual({ code: 0, stopped: ['door', 'database'] })
  expect(performance.now() - signalled).toBeGreaterThan(400)
})

test('who is told a second time to stop goes on stopping in order', async () => {
  const life = await runLife('leaving')
  life.signal('SIGTERM')
  await delay(100)
  life.signal('SIGTERM')
  expect(await life.end()).toEqual({ code: 0, stopped: ['door', 'database'] })
})
