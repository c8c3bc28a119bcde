import { expect, test } from 'vitest'
import { staffTokenStore } from '../src/api/staff-token-store.ts'

const tokens = { accessToken: 'access', accessExpiresAt: '2026-11-21T10:00:00.000Z', refreshToken: 'refresh' }

test('the access token never reaches storage', () => {
  const storage = memoryStorage()
  staffTokenStore(storage, 'session').write(tokens)
  expect(storage.entries()).toEqual([['session', 'refresh']])
})

test('a page that opens later has the refresh token and an access token that has run out', () => {
  const storage = memoryStorage()
  staffTokenStore(storage, 'session').write(tokens)
  const held = staffTokenStore(storage, 'session').read()
  expect(held).toMatchObject({ refreshToken: 'refresh', accessToken: '' })
  expect(Date.parse(held?.accessExpiresAt ?? '')).toBeLessThan(Date.now())
})

test('a refresh token that another tab has replaced is not used again', () => {
  const storage = memoryStorage()
  const store = staffTokenStore(storage, 'session')
  store.write(tokens)
  storage.setItem('session', 'next')
  expect(store.read()?.refreshToken).toBe('next')
})

test('signing out in one tab signs out the others', () => {
  const storage = memoryStorage()
  const [one, other] = [staffTokenStore(storage, 'session'), staffTokenStore(storage, 'session')]
  one.write(tokens)
  other.write({ ...tokens, refreshToken: 'next' })
  one.write(null)
  expect(other.read()).toBeNull()
})

function memoryStorage() {
  const held = new Map<string, string>()
  return {
    length: 0,
    key: () => null,
    clear: () => held.clear(),
    getItem: (name: string) => held.get(name) ?? null,
    setItem: (name: string, value: string) => void held.set(name, value),
    removeItem: (name: string) => void held.delete(name),
    entries: () => [...held],
  }
}
