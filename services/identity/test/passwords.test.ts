import { createMetrics } from '@candor/runtime/metrics'
import { expect, test } from 'vitest'
import { commonPasswords } from '../src/passwords/common-passwords.ts'
import { createPasswordHasher } from '../src/passwords/hasher.ts'
import { checkPassword } from '../src/passwords/rules.ts'

const holder = { email: 'jo@harbour.test', company: 'AB' }

test('a storm of sign-ins waits in a bounded queue, and who finds it full is told when to come back', async () => {
  const hasher = createPasswordHasher(createMetrics('test'))
  const outcomes = await Promise.allSettled(
    Array.from({ length: 120 }, () => hasher.verify(undefined, 'anything')),
  )
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
  expect(refused).toHaveLength(18)
  expect(refused[0]!.reason).toMatchObject({ reason: 'too-many', details: { retryAfterSeconds: 2 } })
  expect(await hasher.verify(undefined, 'anything')).toBe(false)
})

test('the same password in other code points fits', async () => {
  const hasher = createPasswordHasher(createMetrics('test'))
  const made = await hasher.hash('caf\u00e9 au lait now')
  expect(await hasher.verify(made, 'cafe\u0301 au lait now')).toBe(true)
  expect(await hasher.verify(made, 'cafe au lait now')).toBe(false)
})

test('long phrases of any characters pass, and words too short to tell anything do not count', () => {
  for (const password of [
    'correct horse battery',
    'jo and ab go sailing',
    '🚲🚲🚲🚲🚲 five of them',
    'x'.repeat(256),
  ]) {
    expect(() => checkPassword(password, holder)).not.toThrow()
  }
})

test('the list of common passwords has no fewer than two hundred, all in the form they are compared in', () => {
  expect(commonPasswords.size).toBeGreaterThan(200)
  for (const entry of commonPasswords) expect(entry).toBe(entry.toLowerCase())
})
