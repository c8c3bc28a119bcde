import type { Period } from '@candor/contracts/policy/period'
import { canEndBefore } from '@candor/policy/can-end-before'
import { keptUntil } from '@candor/policy/kept-until'
import { endOf, endOfYear, periodText } from '@candor/policy/period'
import { createTestDatabase } from '@candor/testing/test-database'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'

let pool: pg.Pool
const stack = new AsyncDisposableStack()
beforeAll(async () => {
  const database = stack.use(await createTestDatabase({ service: 'policy', migrations: [] }))
  pool = new pg.Pool({ connectionString: database.superuserUrl, options: '-c TimeZone=UTC' })
  stack.defer(() => pool.end())
})
afterAll(() => stack.disposeAsync())

const time = fc.date({
  min: new Date('1970-01-01T00:00:00Z'),
  max: new Date('9999-12-31T23:59:59.999Z'),
  noInvalidDate: true,
})
const monthEnd = fc
  .tuple(
    fc.integer({ min: 1970, max: 9999 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 0, max: 3 }),
  )
  .map(([year, month, before]) => new Date(Date.UTC(year, month, -before)))
const period: fc.Arbitrary<Period> = fc
  .record({ years: fc.nat(1_200), months: fc.nat(1_200), days: fc.nat(1_200) }, { requiredKeys: [] })
  .filter(({ years = 0, months = 0, days = 0 }) => years + months + days > 0)

test('a period ends when PostgreSQL says so, through leap days, ends of months and the year 9999', async () => {
  const cases = fc.sample(
    fc.tuple(fc.oneof(time, monthEnd, fc.constant(new Date('2028-02-29T23:59:59.999Z'))), period),
    20_000,
  )
  const { rows } = await pool.query<{ ms: string }>(
    `select round(extract(epoch from start + make_interval(years => y, months => m, days => d)) * 1000)::text as ms
     from unnest($1::timestamptz[], $2::int[], $3::int[], $4::int[]) with ordinality as c (start, y, m, d, n) order by n`,
    [
      cases.map(([start]) => start.toISOString()),
      cases.map(([, { years = 0 }]) => years),
      cases.map(([, { months = 0 }]) => months),
      cases.map(([, { days = 0 }]) => days),
    ],
  )
  const wrong = cases.filter(([start, span], n) => endOf(start, span).getTime() !== Number(rows[n]!.ms))
  expect(wrong).toEqual([])
})

test('no period ends at or before its start, and a longer one not before a shorter', () => {
  const one = { months: 1 }
  fc.assert(
    fc.property(time, period, (start, span) => {
      expect(endOf(start, span).getTime()).toBeGreaterThan(start.getTime())
      const longer = { ...span, days: (span.days ?? 0) + 1 }
      expect(endOf(start, longer).getTime()).toBeGreaterThan(endOf(start, span).getTime())
    }),
  )
  expect(endOf(new Date('2027-01-31T10:00:00Z'), one)).toEqual(new Date('2027-02-28T10:00:00Z'))
  expect(endOf(new Date('2028-01-31T10:00:00Z'), one)).toEqual(new Date('2028-02-29T10:00:00Z'))
  expect(endOf(new Date('2028-02-29T10:00:00Z'), { years: 1 })).toEqual(new Date('2029-02-28T10:00:00Z'))
})

test.each([
  ['2027-03-31T23:59:59.999Z', '03-31', '2027-04-01'],
  ['2027-04-01T00:00:00.000Z', '03-31', '2028-04-01'],
  ['2027-12-31T23:59:59.999Z', '12-31', '2028-01-01'],
  ['2027-01-01T00:00:00.000Z', '12-31', '2028-01-01'],
  ['2028-02-29T12:00:00.000Z', '02-28', '2029-03-01'],
])('the year that %s lies in, where years end on %s, is over at the beginning of %s', (at, yearEnd, over) => {
  expect(endOfYear(new Date(at), yearEnd)).toEqual(new Date(over))
})

test('what a law counts from the end of the year is kept until the same day years later', () => {
  const invoices = { period: { years: 6 }, byChannel: {}, yearEnd: '03-31', disposition: 'delete' } as const
  expect(keptUntil(new Date('2026-11-21T12:00:00Z'), invoices)).toEqual(new Date('2033-04-01T00:00:00Z'))
})

test('a channel with a period of its own goes by that, and what has none lasts', () => {
  const start = new Date('2026-11-21T12:00:00Z')
  const kept = {
    period: { months: 12 },
    byChannel: { mail: { years: 2 } },
    yearEnd: null,
    disposition: 'delete',
  } as const
  expect(keptUntil(start, kept, 'chat')).toEqual(new Date('2027-11-21T12:00:00Z'))
  expect(keptUntil(start, kept, 'mail')).toEqual(new Date('2028-11-21T12:00:00Z'))
  expect(keptUntil(start, { ...kept, period: null })).toBeNull()
})

test('one period can end before another if any start makes it so', () => {
  const can = (one: Period, other: Period) => canEndBefore({ period: one }, { period: other })
  expect(can({ days: 365 }, { years: 1 })).toBe(true)
  expect(can({ years: 1 }, { days: 365 })).toBe(false)
  expect(can({ months: 1 }, { days: 31 })).toBe(true)
  expect(can({ days: 28 }, { months: 1 })).toBe(true)
  expect(can({ months: 12 }, { years: 1 })).toBe(false)
})

test('a period is told in words', () => {
  expect(periodText({ months: 12 })).toBe('12 months')
  expect(periodText({ years: 1, months: 0, days: 10 })).toBe('1 year and 10 days')
})
