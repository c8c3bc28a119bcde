import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createCoalescer } from '../src/live/coalesce.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('the first of each key passes at once, and of those within the window the last, once it is over', () => {
  const passed: string[] = []
  const coalescer = createCoalescer<number>(500, (key, item) => passed.push(`${key}${item}`))
  for (const item of [1, 2, 3]) coalescer.put('a', item)
  coalescer.put('b', 1)
  expect(passed).toEqual(['a1', 'b1'])
  vi.advanceTimersByTime(499)
  expect(passed).toEqual(['a1', 'b1'])
  vi.advanceTimersByTime(1)
  expect(passed).toEqual(['a1', 'b1', 'a3'])
  coalescer.put('a', 4)
  expect(passed).toEqual(['a1', 'b1', 'a3'])
  vi.advanceTimersByTime(500)
  expect(passed).toEqual(['a1', 'b1', 'a3', 'a4'])
})

test('once stopped, nothing that waits passes', () => {
  const passed: number[] = []
  const coalescer = createCoalescer<number>(500, (_, item) => passed.push(item))
  for (const item of [1, 2]) coalescer.put('a', item)
  coalescer.stop()
  vi.advanceTimersByTime(1_000)
  expect(passed).toEqual([1])
  expect(vi.getTimerCount()).toBe(0)
})
