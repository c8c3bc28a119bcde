import { expect, test } from 'vitest'
import { timeLeft } from '../src/ui/time-left.ts'

const now = Date.parse('2026-11-22T10:00:00.000Z')
const cases = [
  ['2026-12-22T10:00:00.000Z', '30 days left', 'calm'],
  ['2026-11-25T10:00:00.000Z', '3 days left', 'calm'],
  ['2026-11-25T09:59:00.000Z', '71 hours left', 'soon'],
  ['2026-11-22T11:59:00.000Z', '119 minutes left', 'soon'],
  ['2026-11-22T10:00:00.000Z', 'overdue by 0 minutes', 'overdue'],
  ['2026-11-18T09:00:00.000Z', 'overdue by 4 days', 'overdue'],
] as const

test('what is left until a limit is told in days, near it in hours, and at the limit it is over', () => {
  for (const [until, text, urgency] of cases) expect(timeLeft(until, now)).toEqual({ text, urgency })
})
