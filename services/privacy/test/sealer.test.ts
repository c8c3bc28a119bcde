import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createSealer } from '../src/sealing/sealer.ts'

const sealer = createSealer(randomBytes(32))

test('what is sealed opens only in its own context, with its own key, and unchanged', () => {
  const sealed = sealer.seal('ada@example.org', ['tenant', 'request'])
  expect(sealer.open(sealed, ['tenant', 'request'])).toBe('ada@example.org')
  expect(sealed.includes('ada')).toBe(false)
  expect(() => sealer.open(sealed, ['tenant', 'other'])).toThrow()
  expect(() => createSealer(randomBytes(32)).open(sealed, ['tenant', 'request'])).toThrow()
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed)
    changed[at]! ^= 1
    expect(() => sealer.open(changed, ['tenant', 'request'])).toThrow()
  }
})

test('an address has one hash in a tenant, another in the next, and no hash without the key', () => {
  const hash = sealer.hashAddress('one', 'ada@example.org')
  expect(sealer.hashAddress('one', 'ada@example.org')).toEqual(hash)
  expect(sealer.hashAddress('two', 'ada@example.org')).not.toEqual(hash)
  expect(createSealer(randomBytes(32)).hashAddress('one', 'ada@example.org')).not.toEqual(hash)
})
