import { identity as contract } from '@candor/contracts/identity'
import { createServiceClient } from '@candor/rpc/service-client'
import { day, hour } from '@candor/testing/movable-clock'
import { settle } from '@candor/testing/settle'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { identityClient, password, refusal, startTestIdentity } from './start-identity.ts'
import type { TestIdentity } from './start-identity.ts'

let identity: TestIdentity
let operator: ReturnType<typeof createServiceClient<typeof contract>>
beforeAll(async () => {
  identity = await startTestIdentity({}, { securityLogPeriodOf: async () => ({ days: 60 }) })
  operator = createServiceClient(contract, {
    nats: await identity.nats.connect('operator'),
    self: 'operator',
  })
})
afterAll(() => identity[Symbol.asyncDispose]())

const entriesOf = (address: string) => operator.listSecurityLog.query({ address })

async function from(address: string, device = 'Test/1.0') {
  const { url } = await identity.replica()
  return identityClient(url, { 'x-forwarded-for': address, 'user-agent': device })
}

test('sign-ins and refusals leave address and device, and nothing that says who', async () => {
  const { user, business } = await identity.signUp()
  const client = await from('203.0.113.9', 'Browser/1 (Machine)')
  await client.signIn.mutate({ email: user.email, password })
  const wrong = client.signIn.mutate({ email: user.email, password: 'not the password' })
  await expect(wrong).rejects.toMatchObject(refusal('bad-credentials'))
  const entries = await settle(async () => {
    const found = await entriesOf('203.0.113.9')
    expect(found).toHaveLength(2)
    return found
  })
  expect(entries.map(({ what, outcome, device }) => [what, outcome, device]).toSorted()).toEqual([
    ['signIn', 'bad-credentials', 'Browser/1 (Machine)'],
    ['signIn', 'ok', 'Browser/1 (Machine)'],
  ])
  const [{ log }] = await identity.query(
    'select coalesce(string_agg(s::text, chr(10)), $1) as log from security_log s',
    [''],
  )
  for (const id of [user.id, user.email, business.id, business.slug]) expect(log).not.toContain(id)
})

test('no other table carries an address of the log, or an id of it', async () => {
  const [row] = await identity.query(`select id from security_log where address = '203.0.113.9' limit 1`)
  const tables = await identity.query(`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'security_log'`)
  for (const { name } of tables) {
    const found = await identity.query(`select from ${name} t where t::text like any ($1)`, [
      [`%${row.id}%`, '%203.0.113.9%'],
    ])
    expect({ name, found }).toEqual({ name, found: [] })
  }
})

test('a visitor who opens the chat leaves nothing in the log', async () => {
  const { business } = await identity.signUp()
  const client = await from('203.0.113.77')
  await client.startVisitorSession.mutate({ widgetKey: business.widgetKey })
  await client.signIn.mutate({ email: 'nobody@nowhere.test', password }).catch(() => {})
  await settle(async () => expect(await entriesOf('203.0.113.77')).toHaveLength(1))
})

test('a record is there until its period ends, and gone at that moment', async () => {
  const { user } = await identity.signUp()
  const client = await from('203.0.113.60')
  await client.signIn.mutate({ email: user.email, password })
  await settle(async () => expect(await entriesOf('203.0.113.60')).toHaveLength(1))
  identity.clock.advance(60 * day - 1)
  expect(await entriesOf('203.0.113.60')).toHaveLength(1)
  identity.clock.advance(1)
  expect(await entriesOf('203.0.113.60')).toEqual([])
  const left = () => identity.query(`select from security_log where address = '203.0.113.60'`)
  await settle(async () => expect(await left()).toEqual([]))
  identity.clock.advance(hour)
})

test('the database shows the log to the security purpose alone, and lets nobody change it', async () => {
  const client = await from('203.0.113.5')
  await client.signIn.mutate({ email: 'nobody@nowhere.test', password }).catch(() => {})
  await settle(async () => expect(await entriesOf('203.0.113.5')).toHaveLength(1))
  const pool = new pg.Pool({ connectionString: identity.database.appUrl, max: 1 })
  const seen = async (purpose: string) => {
    await pool.query(`select set_config('app.purpose', $1, false)`, [purpose])
    return (await pool.query('select from security_log')).rowCount
  }
  expect(await seen('')).toBe(0)
  expect(await seen('run-account')).toBe(0)
  expect(await seen('keep-secure')).toBeGreaterThan(0)
  await expect(pool.query(`update security_log set address = ''`)).rejects.toThrow(/permission denied/)
  await pool.end()
})
