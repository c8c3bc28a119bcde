import { expect, test } from 'vitest'
import { oneMonthLater } from '../src/domain/one-month-later.ts'

test.each([
  ['2026-11-21T12:00:00.000Z', '2026-12-21T12:00:00.000Z'],
  ['2026-12-31T23:59:59.000Z', '2027-01-31T23:59:59.000Z'],
  ['2027-01-31T00:00:00.000Z', '2027-02-28T00:00:00.000Z'],
  ['2028-01-30T00:00:00.000Z', '2028-02-29T00:00:00.000Z'],
  ['2027-02-28T00:00:00.000Z', '2027-03-28T00:00:00.000Z'],
])('a month from %s ends at %s', (from, to) => {
  expect(oneMonthLater(new Date(from)).toISOString()).toBe(to)
})
