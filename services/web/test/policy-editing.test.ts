import { candor } from '@candor/policy/packs/candor'
import { expect, test } from 'vitest'
import { changedAt } from '../src/console/compliance/notice/editing.ts'
import { settingName, valueText } from '../src/console/compliance/notice/setting-words.ts'
import { byCategory, dayOf, usedShare } from '../src/console/compliance/retention/expiring.ts'

test('one setting is changed, in lists too, and everything else stays as it was', () => {
  const { policy } = candor
  const longer = changedAt(policy, ['categories', 'conversation', 'retention', 'period'], { months: 6 })
  expect(longer.categories.conversation.retention).toEqual({
    ...policy.categories.conversation.retention,
    period: { months: 6 },
  })
  expect(longer.recipients).toBe(policy.recipients)
  const renamed = changedAt(policy, ['recipients', '1', 'name'], 'Somebody')
  expect(renamed.recipients.map(({ name }) => name)).toEqual(
    policy.recipients.map(({ name }, at) => (at === 1 ? 'Somebody' : name)),
  )
  expect(changedAt(policy, ['rights', 'access'], undefined).rights).not.toHaveProperty('access')
})

test('settings and their values are told in words', () => {
  expect(settingName('categories.conversation.retention.period')).toBe(
    'What was written in conversations: kept for',
  )
  expect(settingName('contact.officer.email')).toBe('Data protection officer')
  expect(settingName('rights.access.within')).toBe('Right: Copy of the data, answered within')
  expect(valueText({ months: 1, days: 3 })).toBe('1 month and 3 days')
  expect(valueText(['card-number', 'iban'])).toBe('Card numbers, Account numbers (IBAN)')
  expect(valueText(null)).toBe('not set')
})

test('what is held is added up over services, with the oldest of all', () => {
  const [early, late] = ['2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z']
  const held = byCategory([
    { category: 'conversation', rows: 2, oldest: late },
    { category: 'conversation', rows: 3, oldest: early },
    { category: 'mail-queue', rows: 0, oldest: null },
  ])
  expect(held.get('conversation')).toEqual({ rows: 5, oldest: early })
  expect(held.get('mail-queue')).toEqual({ rows: 0, oldest: null })
})

test('the share of its period that a record has used is one at its end and not before', () => {
  const rule = candor.policy.categories.conversation
  const at = (now: string) => usedShare('2026-01-01T00:00:00.000Z', rule, new Date(now))
  expect(at('2027-01-01T00:00:00.000Z')).toBe(1)
  expect(at('2026-12-31T23:59:59.999Z')).toBeLessThan(1)
  expect(
    usedShare('2026-01-01T00:00:00.000Z', { ...rule, retention: { ...rule.retention, period: null } }),
  ).toBeNull()
})

test('a record that counts from the end of today is of today, and has used nothing of its period', () => {
  const [today, tonight] = ['2026-11-22T10:00:00.000Z', '2026-11-23T00:00:00.000Z']
  expect(dayOf(tonight, new Date(today))).toBe(today)
  expect(dayOf(today, new Date(tonight))).toBe(today)
  expect(usedShare(tonight, candor.policy.categories['usage-facts'], new Date(today))).toBe(0)
})
