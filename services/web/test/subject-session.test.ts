import { expect, test } from 'vitest'
import { createSubjectSession } from '../src/privacy/subject-session.ts'

test('nothing is stored before an address is proven, nor after access has ended', async () => {
  const storage = tabStorage()
  const session = createSubjectSession(storage, 'shop')
  expect([session.isStarted(), await session.getAccessToken(), storage.size()]).toEqual([false, null, 0])
  session.start({ accessToken: 'token' })
  expect([session.isStarted(), await session.getAccessToken()]).toEqual([true, 'token'])
  session.end()
  expect([session.isStarted(), storage.size()]).toEqual([false, 0])
})

test('a refused token ends the access and is not tried again', async () => {
  const session = createSubjectSession(tabStorage(), 'shop')
  let changes = 0
  session.subscribe(() => changes++)
  session.start({ accessToken: 'old' })
  expect(await session.renew('old')).toBeNull()
  expect([session.isStarted(), changes]).toEqual([false, 2])
})

test('a late refusal of an earlier token does not end the access that followed', async () => {
  const session = createSubjectSession(tabStorage(), 'shop')
  session.start({ accessToken: 'new' })
  expect(await session.renew('old')).toBe('new')
  expect(session.isStarted()).toBe(true)
})

function tabStorage() {
  const held = new Map<string, string>()
  return {
    size: () => held.size,
    getItem: (name: string) => held.get(name) ?? null,
    setItem: (name: string, value: string) => void held.set(name, value),
    removeItem: (name: string) => void held.delete(name),
  }
}
