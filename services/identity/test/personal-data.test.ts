import { randomUUID } from 'node:crypto'
import { identity as identityContract } from '@candor/contracts/identity'
import { checkDataMap } from '@candor/personal-data/check-data-map'
import { createServiceClient } from '@candor/rpc/service-client'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { identityData } from '../src/personal-data.ts'
import { refusal, startTestIdentity } from './start-identity.ts'
import type { TestIdentity } from './start-identity.ts'

let identity: TestIdentity
let privacy: Awaited<ReturnType<typeof connectAsPrivacy>>
beforeAll(async () => {
  identity = await startTestIdentity()
  privacy = await connectAsPrivacy()
})
afterAll(() => identity[Symbol.asyncDispose]())

async function connectAsPrivacy() {
  return createServiceClient(identityContract, {
    nats: await identity.nats.connect('privacy'),
    self: 'privacy',
  })
}

test('every column of the database is declared, and personal data is behind forced row-level security', async () => {
  const pool = new pg.Pool({ connectionString: identity.database.superuserUrl })
  await using db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  expect(await checkDataMap(db, identityData)).toEqual([])
})

test("a visitor's sessions are shown, end at once when hidden, and leave nothing when erased", async () => {
  const { business } = await identity.signUp()
  const visitor = await identity.anyone.startVisitorSession.mutate({ widgetKey: business.widgetKey })
  const { refreshToken } = await identity.anyone.refreshSession.mutate(visitor)
  const other = await identity.anyone.startVisitorSession.mutate({ widgetKey: business.widgetKey })
  const subject = { tenantId: business.id, emails: [], visitorIds: [visitor.visitorId], userIds: [] }
  const requestId = randomUUID()

  const holdings = await privacy.exportSubject.query({ subject })
  expect(holdings.find(({ table }) => table === 'sessions')).toMatchObject({
    category: 'visitor-session',
    records: [{ visitor_id: visitor.visitorId, created_at: identity.clock.now().toISOString() }],
  })

  await privacy.hideSubject.mutate({ subject, requestId })
  await expect(identity.anyone.refreshSession.mutate({ refreshToken })).rejects.toMatchObject(
    refusal('bad-credentials'),
  )

  const report = await privacy.eraseSubject.mutate({ subject, requestId })
  expect(report.erased).toContainEqual({ table: 'sessions', action: 'deleted', rows: 1 })
  expect(report.erased).toContainEqual({ table: 'refresh_tokens', action: 'deleted', rows: 2 })
  const { residue, columnsSearched } = await privacy.searchResidue.query({ subject })
  expect(residue).toEqual([])
  expect(columnsSearched).toBeGreaterThan(40)
  await identity.anyone.refreshSession.mutate(other)
})

test('a member of staff sees their account, and an erasure keeps it with its reason and no date', async () => {
  const { business, user } = await identity.signUp()
  const asked = { tenantId: business.id, emails: [user.email], visitorIds: [], userIds: [] }
  const subject = await privacy.locateSubject.query({ subject: asked })
  expect(subject.userIds).toEqual([user.id])
  const holdings = await privacy.exportSubject.query({ subject })
  expect(holdings.find(({ table }) => table === 'users')!.records).toEqual([
    { id: user.id, email: user.email, name: 'Olga', role: 'owner', created_at: user.createdAt },
  ])
  expect(JSON.stringify(holdings)).not.toContain('argon2')

  const report = await privacy.eraseSubject.mutate({ subject, requestId: randomUUID() })
  expect(report.kept).toContainEqual({
    table: 'users',
    category: 'staff-account',
    rows: 1,
    reason: expect.stringContaining('6(1)(b)'),
    until: null,
  })
  expect((await privacy.searchResidue.query({ subject })).residue).toEqual([])
  await identity.anyone.signIn.mutate({ email: user.email, password: 'wind over grey water' })
})

test('somebody who was invited and never came is erased', async () => {
  const owner = await identity.signUp()
  const email = `${randomUUID()}@bikes.test`
  await identity.as(owner).inviteStaff.mutate({ email, role: 'agent' })
  const subject = { tenantId: owner.business.id, emails: [email], visitorIds: [], userIds: [] }
  const report = await privacy.eraseSubject.mutate({ subject, requestId: randomUUID() })
  expect(report.erased).toContainEqual({ table: 'invitations', action: 'deleted', rows: 1 })
  expect((await privacy.searchResidue.query({ subject })).residue).toEqual([])
})
