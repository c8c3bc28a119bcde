import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { password, refusal, startTestIdentity } from './start-identity.ts'
import type { TestIdentity } from './start-identity.ts'

let identity: TestIdentity
beforeAll(async () => {
  identity = await startTestIdentity()
})
afterAll(() => identity[Symbol.asyncDispose]())

const address = () => `${randomUUID()}@bikes.test`

test('a new name is saved and announced', async () => {
  const session = await identity.signUp()
  expect(await identity.as(session).updateProfile.mutate({ name: 'Olga B.' })).toMatchObject({
    name: 'Olga B.',
  })
  expect((await identity.as(session).me.query()).user.name).toBe('Olga B.')
  const events = await identity.query(
    "select from outbox where subject_id = $1 and type = 'identity.staff-changed'",
    [session.user.id],
  )
  expect(events).toHaveLength(2)
})

test('a new e-mail address needs the current password, and the old one is gone from the tables', async () => {
  const session = await identity.signUp()
  const [before, after] = [session.user.email, address()]
  const change = (currentPassword?: string) =>
    identity.as(session).updateProfile.mutate({ email: after, currentPassword })
  await expect(change()).rejects.toMatchObject({
    data: { reason: 'bad-input', fields: [{ path: 'currentPassword' }] },
  })
  await expect(change('a wrong password')).rejects.toMatchObject(refusal('bad-credentials'))
  expect(await change(password)).toMatchObject({ email: after })

  await identity.anyone.signIn.mutate({ email: after, password })
  await expect(identity.anyone.signIn.mutate({ email: before, password })).rejects.toMatchObject(
    refusal('bad-credentials'),
  )
  const tables = await identity.query(
    "select table_name from information_schema.tables where table_schema = 'public'",
  )
  for (const { table_name } of tables) {
    expect(JSON.stringify(await identity.query(`select * from ${table_name}`))).not.toContain(before)
  }
})

test("another's address is refused", async () => {
  const [session, other] = [await identity.signUp(), await identity.signUp()]
  const taken = identity
    .as(session)
    .updateProfile.mutate({ email: other.user.email, currentPassword: password })
  await expect(taken).rejects.toMatchObject(refusal('conflict'))
})

test('guessing the current password is slowed down', async () => {
  const session = await identity.signUp()
  const guess = () =>
    identity.as(session).updateProfile.mutate({ email: address(), currentPassword: 'not the one' })
  for (let n = 0; n < 5; n++) await expect(guess()).rejects.toMatchObject(refusal('bad-credentials'))
  await expect(guess()).rejects.toMatchObject(refusal('too-many'))
})

test('a profile without changes stays as it is', async () => {
  const session = await identity.signUp()
  expect(await identity.as(session).updateProfile.mutate({})).toEqual(session.user)
})
