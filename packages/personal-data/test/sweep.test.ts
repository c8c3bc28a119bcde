import { randomUUID } from 'node:crypto'
import { oldestPastLimit } from '@candor/personal-data/oldest-past-limit'
import { countExpiring } from '@candor/personal-data/count-expiring'
import type { Policy } from '@candor/contracts/policy/policy'
import { asTenant } from '@candor/runtime/tenancy'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { addMember, addTalk, addVisit, clubData, countRows, openClub, policyOf, usualPolicy } from './club.ts'
import type { Club } from './club.ts'

let club: Club
const draftOf = ({ categories }: Policy) =>
  Object.fromEntries(Object.entries(categories).map(([id, { retention }]) => [id, retention]))
let tenantId: string
beforeAll(async () => {
  club = await openClub()
})
beforeEach(() => {
  tenantId = randomUUID()
})
afterAll(() => club[Symbol.asyncDispose]())

const limits: [string, object, string, string][] = [
  ['a month', { months: 1 }, '2027-01-31T10:00:00.000Z', '2027-02-28T10:00:00.000Z'],
  ['a month of a leap year', { months: 1 }, '2028-01-31T10:00:00.000Z', '2028-02-29T10:00:00.000Z'],
  ['a year from a leap day', { years: 1 }, '2028-02-29T23:59:59.999Z', '2029-02-28T23:59:59.999Z'],
  ['four years from a leap day', { years: 4 }, '2028-02-29T00:00:00.000Z', '2032-02-29T00:00:00.000Z'],
  ['13 months', { months: 13 }, '2026-12-31T08:30:00.000Z', '2028-01-31T08:30:00.000Z'],
  ['60 days', { days: 60 }, '2027-01-01T00:00:00.000Z', '2027-03-02T00:00:00.000Z'],
  ['a month and two days', { months: 1, days: 2 }, '2027-01-30T12:00:00.000Z', '2027-03-02T12:00:00.000Z'],
  [
    'six years after the end of a British financial year',
    { years: 6, yearEnd: '04-05' },
    '2027-04-06T00:00:00.000Z',
    '2034-04-06T00:00:00.000Z',
  ],
  [
    'ten years after the end of the year',
    { years: 10, yearEnd: '12-31' },
    '2027-12-31T23:59:59.999Z',
    '2038-01-01T00:00:00.000Z',
  ],
]

test.for(limits)('%s: a millisecond before its limit a row is there, at it no more', async (limit) => {
  const [, period, from, until] = limit
  club.setRules(tenantId, policyOf({ 'cookie-yield': period }))
  await addVisit(club, tenantId, new Date(from))
  club.clock.set(new Date(Date.parse(until) - 1).toISOString())
  await club.sweep()
  expect(await countRows(club, tenantId)).toMatchObject({ visits: 1 })
  club.clock.set(until)
  await club.sweep()
  expect(await countRows(club, tenantId)).toMatchObject({ visits: 0 })
})

test('a conversation goes as a whole at the end of its period, counted from its end, and its visitor with it', async () => {
  club.clock.set('2026-11-21T12:00:00.000Z')
  const memberId = await addMember(club, tenantId)
  const closedAt = new Date('2026-12-01T09:00:00.000Z')
  await addTalk(club, tenantId, { memberId, closedAt })
  club.clock.set('2027-12-01T08:59:59.999Z')
  await club.sweep()
  expect(await countRows(club, tenantId)).toMatchObject({ members: 1, talks: 1, words: 2 })
  club.clock.set('2027-12-01T09:00:00.000Z')
  await club.sweep()
  expect(await countRows(club, tenantId)).toMatchObject({ members: 0, talks: 0, words: 0 })
})

test('one that was never closed counts from the last thing written in it', async () => {
  club.clock.set('2026-11-21T12:00:00.000Z')
  const memberId = await addMember(club, tenantId)
  const talk = await addTalk(club, tenantId, { memberId })
  const written = new Date('2027-11-20T00:00:00.000Z')
  await asTenant(club.db, tenantId, (trx) =>
    trx.updateTable('talks').set({ updated_at: written }).where('id', '=', talk).execute(),
  )
  club.clock.set('2028-11-19T23:59:59.999Z')
  await club.sweep()
  expect(await countRows(club, tenantId)).toMatchObject({ members: 1, talks: 1, words: 2 })
  club.clock.set('2028-11-20T00:00:00.000Z')
  await club.sweep()
  expect(await countRows(club, tenantId)).toMatchObject({ members: 0, talks: 0, words: 0 })
})

test("a channel's own period holds for what came by it", async () => {
  club.clock.set('2026-11-21T12:00:00.000Z')
  const closedAt = club.clock.now()
  const memberId = await addMember(club, tenantId)
  await addTalk(club, tenantId, { memberId, closedAt })
  await addTalk(club, tenantId, { memberId, closedAt, channel: 'mail' })
  club.clock.set('2028-11-21T11:59:59.999Z')
  await club.sweep()
  expect(await countRows(club, tenantId)).toMatchObject({ members: 1, talks: 1, words: 2 })
  club.clock.set('2028-11-21T12:00:00.000Z')
  await club.sweep()
  expect(await countRows(club, tenantId)).toMatchObject({ members: 0, talks: 0, words: 0 })
})

test('what a person is known by stays as long as what keeps it does, by the channel of that', async () => {
  club.clock.set('2026-11-21T12:00:00.000Z')
  const months = { months: 12, byMail: { years: 2 } }
  club.setRules(tenantId, policyOf({ 'contact-details': months, conversation: months }))
  const memberId = await addMember(club, tenantId)
  await addTalk(club, tenantId, { memberId, closedAt: club.clock.now(), channel: 'mail' })
  await addTalk(club, tenantId, { memberId, closedAt: club.clock.now() })
  const name = async () => {
    const { rows } = await sql<{ name: string }>`
      select name from members where tenant_id = ${tenantId}`.execute(club.superuser)
    return rows.map((row) => row.name)
  }
  club.clock.set('2028-11-21T11:59:59.999Z')
  await club.sweep()
  expect(await name()).toEqual(['Ada'])
  expect(await countRows(club, tenantId)).toMatchObject({ talks: 1 })
  club.clock.set('2028-11-21T12:00:00.000Z')
  await club.sweep()
  expect(await countRows(club, tenantId)).toMatchObject({ members: 0, talks: 0 })
})

test('a category that ends before its row is taken out of it', async () => {
  club.clock.set('2026-11-21T12:00:00.000Z')
  club.setRules(
    tenantId,
    policyOf({ 'contact-details': { months: 6 }, conversation: { months: 24 }, 'usage-facts': { days: 10 } }),
  )
  const memberId = await addMember(club, tenantId)
  await addTalk(club, tenantId, { memberId, closedAt: club.clock.now() })
  const read = async () => {
    const { rows } = await sql<Record<string, unknown>>`
      select page, topic, name from talks t join members m on m.id = t.member_id where t.tenant_id = ${tenantId}`.execute(
      club.superuser,
    )
    return rows
  }
  club.clock.set('2026-12-01T12:00:00.000Z')
  await club.sweep()
  expect(await read()).toEqual([{ page: null, topic: 'tea', name: 'Ada' }])
  club.clock.set('2027-05-21T12:00:00.000Z')
  const { rows } = await club.sweep()
  expect(rows.get('members')).toBe(1)
  expect(await read()).toEqual([{ page: null, topic: 'tea', name: null }])
  expect((await club.sweep()).rows.get('members')).toBeUndefined()
})

test('a hold keeps what it is on, whatever its period says, and what is not held is emptied', async () => {
  club.clock.set('2026-11-21T12:00:00.000Z')
  const hold = {
    category: 'usage-facts',
    law: 'Court order 7',
    owner: 'Olga',
    until: '2030-01-01T00:00:00.000Z',
  } as const
  club.setRules(tenantId, usualPolicy, [hold])
  const memberId = await addMember(club, tenantId)
  await addTalk(club, tenantId, { memberId, closedAt: club.clock.now() })
  club.clock.set('2029-12-31T23:59:59.999Z')
  await club.sweep()
  const { rows } = await sql<Record<string, unknown>>`
    select t.page, t.topic, m.name, w.text from talks t join members m on m.id = t.member_id
    join words w on w.talk_id = t.id where t.tenant_id = ${tenantId}`.execute(club.superuser)
  const held = { page: '/shop', topic: null, name: null, text: '[erased]' }
  expect(rows).toEqual([held, held])
  club.clock.set('2030-01-01T00:00:00.000Z')
  await club.sweep()
  expect(await countRows(club, tenantId)).toMatchObject({ members: 0, talks: 0, words: 0 })
})

test('a batch that fails half-way has done nothing, and the rest of the sweep goes on', async () => {
  club.clock.set('2026-11-21T12:00:00.000Z')
  const memberId = await addMember(club, tenantId)
  await addTalk(club, tenantId, { memberId, closedAt: club.clock.now() })
  await addVisit(club, tenantId, club.clock.now())
  await sql`create or replace function refuse() returns trigger language plpgsql as $$ begin raise 'not today'; end $$`.execute(
    club.superuser,
  )
  await sql`create trigger refuse before delete on talks for each row execute function refuse()`.execute(
    club.superuser,
  )
  club.clock.set('2028-11-21T12:00:00.000Z')
  expect((await club.sweep()).failures).toBeGreaterThan(0)
  expect(await countRows(club, tenantId)).toEqual({ members: 1, talks: 1, words: 2, visits: 0 })
  await sql`drop trigger refuse on talks`.execute(club.superuser)
  expect((await club.sweep()).failures).toBe(0)
  expect(await countRows(club, tenantId)).toEqual({ members: 0, talks: 0, words: 0, visits: 0 })
})

test('two sweeps at once take every row once and neither waits for the other', async () => {
  club.clock.set('2026-11-21T12:00:00.000Z')
  const others = Array.from({ length: 20 }, () => randomUUID())
  for (const other of others) for (let n = 0; n < 20; n++) await addVisit(club, other, club.clock.now())
  club.clock.set('2027-11-21T12:00:00.000Z')
  const [one, two] = await Promise.all([club.sweep(), club.sweep()])
  await club.sweep()
  expect((one.rows.get('visits') ?? 0) + (two.rows.get('visits') ?? 0)).toBeLessThanOrEqual(400)
  expect(one.failures + two.failures).toBe(0)
  for (const other of others) expect(await countRows(club, other)).toMatchObject({ visits: 0 })
})

test('a row somebody is writing to is left for the next sweep', async () => {
  club.clock.set('2026-11-21T12:00:00.000Z')
  const memberId = await addMember(club, tenantId)
  const talk = await addTalk(club, tenantId, { memberId })
  club.clock.set('2028-11-21T12:00:00.000Z')
  await asTenant(club.db, tenantId, async (trx) => {
    await trx.updateTable('talks').set({ updated_at: club.clock.now() }).where('id', '=', talk).execute()
    await club.sweep()
  })
  expect(await countRows(club, tenantId)).toMatchObject({ members: 1, talks: 1, words: 2 })
})

test('the preview tells for any date what a sweep then takes, under the rules or under a draft', async () => {
  club.clock.set('2026-11-21T12:00:00.000Z')
  const memberId = await addMember(club, tenantId)
  const closedAt = club.clock.now()
  await addTalk(club, tenantId, { memberId, closedAt })
  await addVisit(club, tenantId, closedAt)
  const preview = (asOf: string, draft?: Policy) =>
    countExpiring(club.db, clubData, club.rules, {
      tenantId,
      asOf: new Date(asOf),
      draft: draft && draftOf(draft),
    })
  expect(await preview('2027-11-21T11:59:59.999Z')).toEqual([
    { category: 'cookie-yield', table: 'visits', rows: 1, oldest: closedAt.toISOString() },
  ])
  const all = [
    { category: 'conversation', table: 'talks', rows: 1, oldest: closedAt.toISOString() },
    { category: 'conversation', table: 'words', rows: 2, oldest: null },
    { category: 'contact-details', table: 'members', rows: 1, oldest: closedAt.toISOString() },
    { category: 'cookie-yield', table: 'visits', rows: 1, oldest: closedAt.toISOString() },
  ]
  expect(await preview('2027-11-21T12:00:00.000Z')).toEqual(all)
  const draft = policyOf({
    'contact-details': { days: 1 },
    conversation: { days: 1 },
    'usage-facts': { days: 1 },
    'cookie-yield': { days: 1 },
  })
  expect(await preview('2026-11-22T12:00:00.000Z', draft)).toEqual(all)
  const early = policyOf({ 'contact-details': { days: 1 }, conversation: { months: 12 } })
  expect(await preview('2026-11-22T12:00:00.000Z', early)).toEqual([
    { category: 'contact-details', table: 'members', rows: 1, oldest: closedAt.toISOString() },
  ])
  expect(await countRows(club, tenantId)).toEqual({ members: 1, talks: 1, words: 2, visits: 1 })
})

test('how far the oldest record is over its limit is read from the rows themselves', async () => {
  club.clock.set('2040-01-01T00:00:00.000Z')
  await club.sweep()
  const over = () => oldestPastLimit(club.db, clubData, club.rules, club.clock.now())
  expect([...new Set((await over()).values())]).toEqual([0])
  const memberId = await addMember(club, tenantId)
  await addTalk(club, tenantId, { memberId, closedAt: club.clock.now() })
  await addVisit(club, tenantId, new Date('2041-01-01T00:00:00.000Z'))
  club.clock.set('2041-01-01T00:01:00.000Z')
  const now = await over()
  expect([now.get('conversation'), now.get('contact-details'), now.get('cookie-yield')]).toEqual([60, 60, 0])
  await club.sweep()
  expect([...new Set((await over()).values())]).toEqual([0])
})

test('a sweep that is cut off at any point has left nothing half, and the next one finds the rest', async () => {
  club.clock.set('2026-11-21T12:00:00.000Z')
  const memberId = await addMember(club, tenantId)
  for (let n = 0; n < 150; n++) await addTalk(club, tenantId, { memberId, closedAt: club.clock.now() })
  club.clock.set('2027-11-21T12:00:00.000Z')
  const halves = async () => {
    const { rows } = await sql<{ n: number }>`
      select (select count(*) from words w where not exists (select from talks t where t.id = w.talk_id))
        + (select count(*) from talks t where (select count(*) from words w where w.talk_id = t.id) <> 2) as n`.execute(
      club.superuser,
    )
    return rows[0]!.n
  }
  const kill = () =>
    sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and usename = 'club_app'`.execute(club.superuser)
  const cuts: Promise<unknown>[] = []
  for (let round = 0; round < 20 && (await countRows(club, tenantId)).talks > 0; round++) {
    const cut = (touched: ReadonlyMap<string, number>) => {
      if (touched.has('talks') && round < 10) cuts.push(kill())
    }
    await club.sweep({ onTouched: cut }).catch(() => {})
    expect(await halves()).toBe(0)
  }
  await Promise.all(cuts)
  expect(cuts.length).toBeGreaterThan(0)
  // The last cut may have come late, when the talks were gone and their members' turn it was.
  await club.sweep()
  expect(await countRows(club, tenantId)).toMatchObject({ members: 0, talks: 0, words: 0 })
})
