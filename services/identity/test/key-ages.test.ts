import { expect, test } from 'vitest'
import { chooseSigner, isRenewalDue, outlived } from '../src/tokens/key-ages.ts'

const minuteMs = 60_000
const dayMs = 1_440 * minuteMs
const now = new Date('2026-12-01T12:00:00Z')
const keyOf = (id: string, ageMs: number) => ({
  id,
  publicKey: '',
  sealedPrivateKey: Buffer.alloc(0),
  createdAt: new Date(now.getTime() - ageMs),
})

test('a key is made where there is none, and again every thirty days', () => {
  expect(isRenewalDue([], now)).toBe(true)
  expect(isRenewalDue([keyOf('young', 29 * dayMs)], now)).toBe(false)
  expect(isRenewalDue([keyOf('old', 31 * dayMs)], now)).toBe(true)
})

test('a new key signs once every service has had time to learn it, and at once where it is the only one', () => {
  const old = keyOf('old', 31 * dayMs)
  expect(chooseSigner([keyOf('new', minuteMs), old], now).id).toBe('old')
  expect(chooseSigner([keyOf('new', 3 * minuteMs), old], now).id).toBe('new')
  expect(chooseSigner([keyOf('only', 0)], now).id).toBe('only')
})

test('a key is retired when the next one has signed for longer than any token lives', () => {
  const old = keyOf('old', 31 * dayMs)
  expect(outlived([keyOf('new', dayMs), old], now)).toEqual([])
  expect(outlived([keyOf('new', dayMs + 3 * minuteMs), old], now)).toEqual(['old'])
  expect(outlived([old], now)).toEqual([])
})
