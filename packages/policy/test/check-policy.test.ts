import type { Period } from '@candor/contracts/policy/period'
import type { Policy } from '@candor/contracts/policy/policy'
import { checkPolicy } from '@candor/policy/check-policy'
import type { Pack } from '@candor/policy/pack'
import { packs } from '@candor/policy/packs'
import { expect, test } from 'vitest'
import { inconsistencies } from './inconsistencies.ts'

test.each<Pack>(Object.values(packs))('$id has no problem', ({ policy }) => {
  expect(checkPolicy(policy)).toEqual([])
})

test('what is no policy is refused with the path of what is wrong, and not a word about consistency', () => {
  const { basis: _, ...baseless } = packs.candor.policy.categories.conversation
  const categories = { ...packs.candor.policy.categories, conversation: baseless }
  expect(checkPolicy({ ...packs.candor.policy, categories })).toMatchObject([
    { path: 'categories.conversation.basis' },
  ])
  expect(checkPolicy(null)).toMatchObject([{ path: '' }])
  expect(broken('candor', (policy) => (policy.categories.conversation.retention.period = {}))).toMatchObject([
    { path: 'categories.conversation.retention.period' },
  ])
})

test.each(inconsistencies)('%s is refused at its path, with what to change', (_, pack, change, path) => {
  const problems = broken(pack, change)
  expect(problems.map((problem) => problem.path)).toContain(path)
  for (const { message } of problems) expect(message.length).toBeGreaterThan(10)
  expect(problems.length).toBeLessThanOrEqual(2)
})

test('a minimum age without a period in which to erase is no policy', () => {
  const minors = { minimumAge: 18 }
  expect(checkPolicy({ ...packs.candor.policy, minors })).toMatchObject([{ path: 'minors.eraseWithin' }])
})

test('a British company may count from the end of its own financial year', () => {
  const change = (policy: Policy) => (policy.categories['purchase-records'].retention.yearEnd = '09-30')
  expect(broken('imsupporting', change)).toEqual([])
})

test('twelve months and one year are the same, 365 days are less, and 366 are more', () => {
  const evidence = (period: Period) =>
    broken('candor', (policy) => (policy.categories['evidence-log'].retention.period = period))
  expect(evidence({ years: 1 })).toEqual([])
  expect(evidence({ days: 365 })).toEqual([])
  expect(evidence({ days: 366 })).toHaveLength(1)
})

function broken(pack: keyof typeof packs, change: (policy: Policy) => unknown) {
  // Through JSON, for parts that stand in several places become parts of their own.
  const policy: Policy = JSON.parse(JSON.stringify(packs[pack].policy))
  change(policy)
  return checkPolicy(policy)
}
