import { createRandom, isWhole, seed } from '@candor/testing/long-form'
import { day, minute, second } from '@candor/testing/movable-clock'
import { settle } from '@candor/testing/settle'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { raceRefresh } from './race-refresh.ts'
import { refusal, startTestIdentity } from './start-identity.ts'
import type { TestIdentity } from './start-identity.ts'

let identity: TestIdentity
beforeAll(async () => {
  identity = await startTestIdentity()
})
afterAll(() => identity[Symbol.asyncDispose]())

const refresh = (refreshToken: string, replica = identity.anyone) =>
  replica.refreshSession.mutate({ refreshToken })
const refused = refusal('bad-credentials')

test('each refresh token gives the next pair once, and the new access token works', async () => {
  const session = await identity.signUp()
  let { refreshToken } = session
  const seen = new Set([refreshToken])
  for (let n = 0; n < 4; n++) {
    identity.clock.advance(11 * minute)
    await expect(identity.as(session).me.query()).rejects.toMatchObject(refusal('not-signed-in'))
    const next = await refresh(refreshToken, n % 2 ? identity.elsewhere : identity.anyone)
    expect(await identity.as(next).me.query()).toMatchObject({ user: session.user })
    refreshToken = next.refreshToken
    seen.add(refreshToken)
  }
  expect(seen.size).toBe(5)
})

test('a spent token that comes back ends the session for thief and owner alike', async () => {
  const stolen = (await identity.signUp()).refreshToken
  const next = await refresh(stolen)
  identity.clock.advance(11 * second)
  await expect(refresh(stolen)).rejects.toMatchObject(refused)
  await expect(refresh(next.refreshToken)).rejects.toMatchObject(refused)
})

test('a client whose answer was lost gets the same successor for ten seconds', async () => {
  const { refreshToken } = await identity.signUp()
  const lost = await refresh(refreshToken)
  identity.clock.advance(9 * second)
  const repeated = await refresh(refreshToken, identity.elsewhere)
  expect(repeated.refreshToken).toBe(lost.refreshToken)
  await refresh(repeated.refreshToken)
})

test('within ten seconds too, a token whose successor was used ends the session', async () => {
  const { refreshToken } = await identity.signUp()
  const next = await refresh(refreshToken)
  const latest = await refresh(next.refreshToken)
  await expect(refresh(refreshToken)).rejects.toMatchObject(refused)
  await expect(refresh(latest.refreshToken)).rejects.toMatchObject(refused)
})

const races = isWhole ? 1_000 : 20

test(
  `in ${races} of ${races} races a spent token that comes back while its session is renewed ends it for good (CANDOR_SEED=${seed})`,
  { timeout: 900_000 },
  async () => {
    const random = createRandom(seed)
    const { business } = await identity.signUp()
    for (let race = 0; race < races; race++) {
      const session = await identity.anyone.startVisitorSession.mutate({ widgetKey: business.widgetKey })
      await raceRefresh(identity, session.refreshToken, random)
    }
    const ended = 'select from sessions where tenant_id = $1 and revoked_at is not null'
    expect(await identity.query(ended, [business.id])).toHaveLength(races)
  },
)

test('twenty at once with one token leave one successor', async () => {
  const { refreshToken, user } = await identity.signUp()
  const all = await Promise.all(
    Array.from({ length: 20 }, (_, n) => refresh(refreshToken, n % 2 ? identity.anyone : identity.elsewhere)),
  )
  expect(new Set(all.map((pair) => pair.refreshToken)).size).toBe(1)
  const live = await identity.query(
    'select from refresh_tokens r join sessions s on s.id = r.session_id where s.user_id = $1 and r.used_at is null',
    [user.id],
  )
  expect(live).toHaveLength(1)
  await refresh(all[0]!.refreshToken)
})

test('however often it is renewed, a session of staff or visitor ends after thirty days', async () => {
  const staff = await identity.signUp()
  const visitor = await identity.anyone.startVisitorSession.mutate({ widgetKey: staff.business.widgetKey })
  let tokens = [staff.refreshToken, visitor.refreshToken]
  const renewAll = async () => {
    tokens = await Promise.all(tokens.map(async (token) => (await refresh(token)).refreshToken))
  }
  for (let n = 0; n < 29; n++) {
    identity.clock.advance(day)
    await renewAll()
  }
  identity.clock.advance(day)
  for (const token of tokens) await expect(refresh(token)).rejects.toMatchObject(refused)
})

test('sessions are gone from the tables thirty days after their last use, with their tokens', async () => {
  const { business } = await identity.signUp()
  const { widgetKey } = business
  await identity.anyone.startVisitorSession.mutate({ widgetKey })
  identity.clock.advance(30 * day)
  await identity.anyone.startVisitorSession.mutate({ widgetKey })
  const count = async (table: string) =>
    (await identity.query(`select from ${table} where tenant_id = $1`, [business.id])).length
  await settle(async () => expect([await count('sessions'), await count('refresh_tokens')]).toEqual([1, 1]))
})

test('a token nobody was given is refused', async () => {
  await expect(refresh('x'.repeat(43))).rejects.toMatchObject(refused)
})

test('signing out ends one session and no other', async () => {
  const { business } = await identity.signUp()
  const [mine, other] = [
    await identity.anyone.startVisitorSession.mutate({ widgetKey: business.widgetKey }),
    await identity.anyone.startVisitorSession.mutate({ widgetKey: business.widgetKey }),
  ]
  await identity.as(mine).signOut.mutate()
  await expect(refresh(mine.refreshToken)).rejects.toMatchObject(refused)
  await refresh(other.refreshToken)
})

test('no refresh token stands in the database', async () => {
  const session = await identity.signUp()
  const next = await refresh(session.refreshToken)
  const rows = JSON.stringify(await identity.query('select * from refresh_tokens'))
  for (const token of [session.refreshToken, next.refreshToken]) expect(rows).not.toContain(token)
})
