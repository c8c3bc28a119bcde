import { latestStart } from '@candor/personal-data/latest-start'
import { endOf } from '@candor/policy/period'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const times = fc.date({ min: new Date('2020-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
const periods = fc.record({
  years: fc.integer({ min: 0, max: 12 }),
  months: fc.integer({ min: 0, max: 30 }),
  days: fc.integer({ min: 0, max: 400 }),
})

test('nothing that starts later is over, and the start itself is', () => {
  fc.assert(
    fc.property(times, periods, fc.integer({ min: 0, max: 10 * 86_400_000 }), (asOf, period, earlierMs) => {
      const latest = latestStart(asOf, period)
      const start = new Date(latest.getTime() + 1 + earlierMs)
      expect(endOf(start, period).getTime()).toBeGreaterThan(asOf.getTime())
      expect(endOf(latest, period).getTime()).toBeLessThanOrEqual(asOf.getTime())
    }),
    { numRuns: 20_000 },
  )
})
