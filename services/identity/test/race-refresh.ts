import { second } from '@candor/testing/movable-clock'
import { expect } from 'vitest'
import { refusal } from './start-identity.ts'
import type { TestIdentity } from './start-identity.ts'

/**
 * The owner of a session renews it a few times; then a thief brings spent tokens, at both replicas, while the owner
 * renews again. Whoever comes first: the thief gets nothing, and no token of the session renews it afterwards.
 */
export async function raceRefresh(
  identity: TestIdentity,
  first: string,
  random: () => number,
): Promise<void> {
  const below = (limit: number) => Math.floor(random() * limit)
  const refresh = (refreshToken: string) =>
    (random() < 0.5 ? identity.anyone : identity.elsewhere).refreshSession.mutate({ refreshToken })
  const family = [first]
  for (let renewals = 2 + below(3); renewals > 0; renewals--) {
    family.push((await refresh(family.at(-1)!)).refreshToken)
  }
  // A token whose successor was not used yet may be repeated for ten seconds.
  const isLate = random() < 0.5
  if (isLate) identity.clock.advance(11 * second)
  const spent = family.slice(0, isLate ? -1 : -2)

  const calls = Array.from({ length: 2 + below(4) }, () => ({ token: family.at(-1)!, isThief: false }))
  for (let thieves = 1 + below(3); thieves > 0; thieves--) {
    calls.splice(below(calls.length + 1), 0, { token: spent[below(spent.length)]!, isThief: true })
  }
  const outcomes = await Promise.allSettled(calls.map(({ token }) => refresh(token)))
  for (const [place, outcome] of outcomes.entries()) {
    if (outcome.status === 'fulfilled') {
      expect(calls[place]!.isThief, 'the thief was given a token').toBe(false)
      family.push(outcome.value.refreshToken)
    } else expect(outcome.reason).toMatchObject(refusal('bad-credentials'))
  }
  const after = await Promise.allSettled(family.map(refresh))
  expect(after.filter(({ status }) => status === 'fulfilled')).toEqual([])
}
