import type { Period } from '@candor/contracts/policy/period'
import type { PolicyVersion } from '@candor/contracts/policy/tenant-rules'
import { firstVersion, versionInForce } from '@candor/policy/in-force'
import { scheduleOf } from '@candor/policy/schedule'
import { expect, test } from 'vitest'

const version = (
  number: number,
  effectiveAt: string,
  period: Period | null,
  more: Partial<PolicyVersion['policy']['categories']['conversation']['retention']> = {},
): PolicyVersion => {
  const { policy } = firstVersion
  const rule = policy.categories.conversation
  const retention = { ...rule.retention, byChannel: {}, period, ...more }
  const categories = { ...policy.categories, conversation: { ...rule, retention } }
  return { ...firstVersion, version: number, effectiveAt, policy: { ...policy, categories } }
}
const begin = new Date('2026-01-01T00:00:00.000Z')
const obeyed = (versions: PolicyVersion[], at: string, now = begin) =>
  versionInForce(scheduleOf(versions, now), new Date(at)).policy.categories.conversation.retention

test('a shorter period is obeyed from the moment its version takes effect', () => {
  const versions = [
    version(1, '2026-01-01T00:00:00.000Z', { months: 12 }),
    version(2, '2026-03-01T00:00:00.000Z', { months: 6 }),
  ]
  expect(obeyed(versions, '2026-02-28T23:59:59.999Z').period).toEqual({ months: 12 })
  expect(obeyed(versions, '2026-03-01T00:00:00.000Z').period).toEqual({ months: 6 })
  expect(scheduleOf(versions, begin)).toHaveLength(2)
})

test('a longer period is obeyed once nothing collected before it can be left', () => {
  const versions = [
    version(1, '2026-01-01T00:00:00.000Z', { months: 6 }),
    version(2, '2026-03-01T00:00:00.000Z', { months: 12 }),
  ]
  expect(obeyed(versions, '2026-03-01T00:00:00.000Z').period).toEqual({ months: 6 })
  expect(obeyed(versions, '2026-08-31T23:59:59.999Z').period).toEqual({ months: 6 })
  expect(obeyed(versions, '2026-09-01T00:00:00.000Z').period).toEqual({ months: 12 })
  const steps = scheduleOf(versions, begin).map((step) => [step.version, step.effectiveAt])
  expect(steps).toEqual([
    [1, '2026-01-01T00:00:00.000Z'],
    [2, '2026-03-01T00:00:00.000Z'],
    [2, '2026-09-01T00:00:00.000Z'],
  ])
})

test('the shortest of several earlier promises counts as long as it is owed, also against keeping for ever', () => {
  const versions = [
    version(1, '2026-01-01T00:00:00.000Z', { days: 90 }),
    version(2, '2026-03-01T00:00:00.000Z', { days: 30 }),
    version(3, '2026-03-02T00:00:00.000Z', null),
  ]
  expect(obeyed(versions, '2026-03-31T00:00:00.000Z').period).toEqual({ days: 30 })
  expect(obeyed(versions, '2026-04-01T00:00:00.000Z').period).toEqual({ days: 90 })
  expect(obeyed(versions, '2026-05-30T00:00:00.000Z').period).toBeNull()
})

test('a channel with a period of its own is owed that one', () => {
  const versions = [
    version(1, '2026-01-01T00:00:00.000Z', { days: 90 }, { byChannel: { mail: { days: 10 } } }),
    version(2, '2026-03-01T00:00:00.000Z', { days: 60 }),
  ]
  const during = obeyed(versions, '2026-03-10T00:00:00.000Z')
  expect(during).toMatchObject({ period: { days: 60 }, byChannel: { mail: { days: 10 } } })
  expect(obeyed(versions, '2026-03-11T00:00:00.000Z').byChannel).toEqual({})
})

test('what was promised to be deleted is not made anonymous instead, and a year that counts longer is owed too', () => {
  const versions = [
    version(1, '2026-01-01T00:00:00.000Z', { days: 30 }),
    version(2, '2026-03-01T00:00:00.000Z', { days: 30 }, { yearEnd: '12-31', disposition: 'anonymise' }),
  ]
  expect(obeyed(versions, '2026-03-30T23:59:59.999Z')).toMatchObject({ yearEnd: null, disposition: 'delete' })
  const after = { yearEnd: '12-31', disposition: 'anonymise' }
  expect(obeyed(versions, '2026-03-31T00:00:00.000Z')).toMatchObject(after)
})

test('versions that are over are left out, and of two that begin at once the later stands', () => {
  const versions = [
    version(1, '2026-01-01T00:00:00.000Z', { days: 30 }),
    version(2, '2026-03-01T00:00:00.000Z', { days: 20 }),
    version(3, '2026-03-01T00:00:00.000Z', { days: 10 }),
  ]
  expect(scheduleOf(versions, new Date('2026-06-01T00:00:00.000Z')).map((step) => step.version)).toEqual([3])
})
