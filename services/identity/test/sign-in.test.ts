import { randomUUID } from 'node:crypto'
import { hash } from '@node-rs/argon2'
import { hour, minute, second } from '@candor/testing/movable-clock'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { password, refusal, startTestIdentity } from './start-identity.ts'
import type { TestIdentity } from './start-identity.ts'

let identity: TestIdentity
beforeAll(async () => {
  identity = await startTestIdentity()
})
afterAll(() => identity[Symbol.asyncDispose]())

const wrong = 'something else altogether'

/** What a caller is told, without what differs with every call. */
async function answerTo(call: Promise<unknown>) {
  const { message, data } = (await call.then(
    () => ({ message: 'no error', data: {} }),
    (err: unknown) => err,
  )) as { message: string; data: Record<string, unknown> }
  return { message, ...data, traceId: undefined }
}

test('a wrong password and an unknown address get the same answer for the same work', async () => {
  const { user } = await identity.signUp()
  const answers = []
  for (const email of [user.email, 'nobody@nowhere.test']) {
    const before = await identity.metric(/^password_hashes_total/)
    answers.push(await answerTo(identity.anyone.signIn.mutate({ email, password: wrong })))
    expect(await identity.metric(/^password_hashes_total/)).toBe(before + 1)
  }
  expect(answers[0]).toMatchObject({ reason: 'bad-credentials', httpStatus: 401 })
  expect(answers[1]).toEqual(answers[0])
})

test('guessing at one address is slowed down more and more, by every replica, whether or not it has an account', async () => {
  const { user } = await identity.signUp()
  for (const email of [user.email, `${randomUUID()}@nowhere.test`]) {
    const guess = (replica = identity.anyone) => replica.signIn.mutate({ email, password: wrong })
    for (let n = 0; n < 5; n++) await expect(guess()).rejects.toMatchObject(refusal('bad-credentials'))
    for (const waitSeconds of [1, 2, 4, 8]) {
      const slowed = { data: { reason: 'too-many', retryable: true, retryAfterSeconds: waitSeconds } }
      await expect(guess()).rejects.toMatchObject(slowed)
      await expect(guess(identity.elsewhere)).rejects.toMatchObject(slowed)
      identity.clock.advance(waitSeconds * second)
      await expect(guess(identity.elsewhere)).rejects.toMatchObject(refusal('bad-credentials'))
    }
  }
})

test('no wait is longer than a quarter of an hour, and a success starts the count anew', async () => {
  const { user } = await identity.signUp()
  const guess = () => identity.anyone.signIn.mutate({ email: user.email, password: wrong })
  for (let n = 0; n < 20; n++) {
    await expect(guess()).rejects.toMatchObject(refusal('bad-credentials'))
    identity.clock.advance(15 * minute)
  }
  await identity.anyone.signIn.mutate({ email: user.email, password })
  for (let n = 0; n < 5; n++) await expect(guess()).rejects.toMatchObject(refusal('bad-credentials'))
  await expect(guess()).rejects.toMatchObject({ data: { reason: 'too-many', retryAfterSeconds: 1 } })
})

test('guesses made at once are counted one by one', async () => {
  const { user } = await identity.signUp()
  const guesses = Array.from({ length: 20 }, () =>
    identity.anyone.signIn.mutate({ email: user.email, password: wrong }),
  )
  const reasons = (await Promise.all(guesses.map(answerTo))).map(
    (answer) => (answer as { reason?: string }).reason,
  )
  expect(reasons.filter((reason) => reason === 'bad-credentials')).toHaveLength(5)
  expect(reasons.filter((reason) => reason === 'too-many')).toHaveLength(15)
})

test('counters hold no address of any kind', async () => {
  await identity
    .from('203.0.113.77')
    .signIn.mutate({ email: 'plain@nowhere.test', password: wrong })
    .catch(() => {})
  const rows = JSON.stringify(await identity.query('select * from guesses'))
  expect(rows).not.toMatch(/nowhere|203\.0\.113|127\.0\.0/)
})

test('a password hashed with weaker parameters is hashed anew at the next sign-in', async () => {
  const { user } = await identity.signUp()
  const weak = await hash(password, { memoryCost: 8_192, timeCost: 1, parallelism: 1 })
  await identity.query('update users set password_hash = $1 where id = $2', [weak, user.id])
  await identity.anyone.signIn.mutate({ email: user.email, password })
  const [row] = await identity.query('select password_hash from users where id = $1', [user.id])
  expect(row!.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  await identity.anyone.signIn.mutate({ email: user.email, password })
})

test('an account that has ended can neither sign in nor renew its session', async () => {
  const session = await identity.signUp()
  await identity.query('update users set ended_at = now() where id = $1', [session.user.id])
  const signIn = identity.anyone.signIn.mutate({ email: session.user.email, password })
  await expect(signIn).rejects.toMatchObject(refusal('bad-credentials'))
  await expect(identity.anyone.refreshSession.mutate(session)).rejects.toMatchObject(
    refusal('bad-credentials'),
  )
  await expect(identity.as(session).me.query()).rejects.toMatchObject(refusal('not-signed-in'))
})

test('many who come at once from one remote address are all let in while there are few of them', async () => {
  await using office = await startTestIdentity({ VISITOR_SESSIONS_PER_HOUR_MAX: 20 })
  const { business } = await office.anyone.signUp.mutate({
    name: 'Olga',
    email: `${randomUUID()}@bikes.test`,
    country: 'DE',
    company: 'Harbour',
    password,
  })
  const visit = () => office.from('203.0.113.9').startVisitorSession.mutate({ widgetKey: business.widgetKey })
  await Promise.all(Array.from({ length: 20 }, visit))
  await expect(visit()).rejects.toMatchObject(refusal('too-many'))
})

test('what comes from one remote address is slowed down on its own', async () => {
  await using strict = await startTestIdentity({
    SIGN_UPS_PER_HOUR_MAX: 2,
    VISITOR_SESSIONS_PER_HOUR_MAX: 2,
    WRONG_PASSWORDS_PER_REMOTE_FREE: 3,
  })
  const thief = strict.from('203.0.113.1')
  const guess = () => thief.signIn.mutate({ email: `${randomUUID()}@nowhere.test`, password: wrong })
  for (let n = 0; n < 3; n++) await expect(guess()).rejects.toMatchObject(refusal('bad-credentials'))
  await expect(guess()).rejects.toMatchObject(refusal('too-many'))

  const signUp = (address: string) =>
    strict.from(address).signUp.mutate({
      name: 'Olga',
      email: `${randomUUID()}@bikes.test`,
      country: 'DE',
      company: 'Harbour',
      password,
    })
  const { business, user } = await signUp('203.0.113.2')
  await signUp('203.0.113.2')
  await expect(signUp('203.0.113.2')).rejects.toMatchObject({
    data: { reason: 'too-many', retryAfterSeconds: 3_600 },
  })
  // Others are not touched, and whoever knows the password is no guesser.
  for (let n = 0; n < 5; n++) await strict.from('203.0.113.3').signIn.mutate({ email: user.email, password })

  const visit = (address: string) =>
    strict.from(address).startVisitorSession.mutate({ widgetKey: business.widgetKey })
  await visit('2001:db8:1:2::1')
  await visit('2001:db8:1:2:ffff::1')
  await expect(visit('2001:db8:1:2:3:4:5:6')).rejects.toMatchObject(refusal('too-many'))
  await visit('2001:db8:1:3::1')
  strict.clock.advance(hour)
  await visit('2001:db8:1:2::1')
  await signUp('203.0.113.2')
})
