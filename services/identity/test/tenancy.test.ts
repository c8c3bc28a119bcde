import { randomUUID } from 'node:crypto'
import { identity as identityContract } from '@candor/contracts/identity'
import { createServiceClient } from '@candor/rpc/service-client'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusal, startTestIdentity } from './start-identity.ts'
import type { TestIdentity } from './start-identity.ts'

let identity: TestIdentity
beforeAll(async () => {
  identity = await startTestIdentity()
})
afterAll(() => identity[Symbol.asyncDispose]())

async function connectAs(self: 'chat' | 'billing' | 'privacy') {
  return createServiceClient(identityContract, {
    nats: await identity.nats.connect(self),
    self,
    timeoutMs: 1_000,
  })
}

test("another business's staff are not found and not seen", async () => {
  const [mine, theirs] = [await identity.signUp('Mine'), await identity.signUp('Theirs')]
  const change = { userId: theirs.user.id, role: 'agent' as const }
  await expect(identity.as(mine).changeRole.mutate(change)).rejects.toMatchObject(refusal('not-found'))
  expect((await identity.as(mine).listStaff.query()).staff).toEqual([mine.user])
  const chat = await connectAs('chat')
  const userIds = [mine.user.id, theirs.user.id, randomUUID()]
  expect(await chat.getStaffNames.query({ tenantId: mine.business.id, userIds })).toEqual([
    { userId: mine.user.id, name: 'Olga' },
  ])
})

test('services find a business by id or slug, and its owner', async () => {
  const { business, user } = await identity.signUp('Findable')
  const [billing, privacy] = [await connectAs('billing'), await connectAs('privacy')]
  expect(await billing.findBusiness.query({ tenantId: business.id })).toEqual(business)
  expect(await privacy.findBusiness.query({ slug: 'findable' })).toEqual(business)
  expect(await privacy.findBusiness.query({ slug: 'not-there' })).toBeNull()
  expect(await billing.findBusiness.query({ tenantId: randomUUID() })).toBeNull()
  const address = { userId: user.id, name: 'Olga', email: user.email }
  expect(await billing.getOwnerAddress.query({ tenantId: business.id })).toEqual(address)
  await expect(billing.getOwnerAddress.query({ tenantId: randomUUID() })).rejects.toMatchObject(
    refusal('not-found'),
  )
})

test('internal procedures are not there over HTTP', async () => {
  const { business } = await identity.signUp()
  const call = identity.anyone.issueSubjectToken.mutate({ tenantId: business.id, requestId: randomUUID() })
  await expect(call).rejects.toMatchObject(refusal('no-such-procedure'))
})

test('a visitor has an id of its own at each visit and each business', async () => {
  const [a, b] = [await identity.signUp('A one'), await identity.signUp('B two')]
  const visits = await Promise.all(
    [a, a, b].map(({ business }) =>
      identity.anyone.startVisitorSession.mutate({ widgetKey: business.widgetKey }),
    ),
  )
  expect(new Set(visits.map(({ visitorId }) => visitorId)).size).toBe(3)
  expect(visits[2]!.business).toMatchObject({ name: 'B two', slug: 'b-two' })
  const unknown = identity.anyone.startVisitorSession.mutate({ widgetKey: 'wk_nothing' })
  await expect(unknown).rejects.toMatchObject(refusal('not-found'))
})

test('who starts a chat is told the minimum age of the notice in the language of the browser', async () => {
  const { business } = await identity.signUp()
  const { widgetKey } = business
  const noteIn = async (language?: string) =>
    (await identity.anyone.startVisitorSession.mutate({ widgetKey, language })).business.ageNote
  expect(await noteIn('de-AT')).toBe('Dieser Chat ist für Personen ab 18 Jahren.')
  expect(await noteIn('nl')).toBe('This chat is for people aged 18 and over.')
  expect(await noteIn()).toBe('This chat is for people aged 18 and over.')
})

test('who starts a chat is told what name and address are for, from the notice and in the language of the browser', async () => {
  const { widgetKey } = (await identity.signUp()).business
  const told = async (language: string) =>
    (await identity.anyone.startVisitorSession.mutate({ widgetKey, language })).business.whyAsked
  expect(await told('en')).toBe('What you give here is for: answering you, keeping a record of the chat.')
  expect(await told('de-AT')).toBe('Ihre Angaben dienen: der Antwort an Sie, dem Aufbewahren des Chats.')
})

test('the database shows its rows to nobody who does not name their tenant', async () => {
  const { user } = await identity.signUp()
  const app = new pg.Client({ connectionString: identity.database.appUrl })
  await app.connect()
  const countOf = async (table: string) => (await app.query(`select count(*) as n from ${table}`)).rows[0].n
  for (const table of ['tenants', 'users', 'invitations', 'sessions', 'refresh_tokens', 'mail_queue']) {
    expect({ table, rows: await countOf(table) }).toEqual({ table, rows: 0 })
  }
  await app.query("select set_config('app.lookup', $1, false)", [user.email])
  expect(await countOf('users')).toBe(1)
  await app.end()
})
