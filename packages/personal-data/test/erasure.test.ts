import { randomUUID } from 'node:crypto'
import { asTenant } from '@candor/runtime/tenancy'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { dataHolderHandlers } from '@candor/personal-data/data-holder-handlers'
import { addCustomer, clock, dump, openShop, refer, shopData } from './shop.ts'
import type { Shop } from './shop.ts'

let shop: Shop
let tenantId: string
let ada: Awaited<ReturnType<typeof addCustomer>>
beforeAll(async () => {
  shop = await openShop()
})
beforeEach(async () => {
  tenantId = randomUUID()
  ada = await addCustomer(shop.db, tenantId, 'ada@example.org')
})
afterAll(() => shop[Symbol.asyncDispose]())

const asKnown = () => refer(tenantId, { emails: [ada.email], visitorIds: [ada.visitorId] })

test('a person is located by a proven address, with every id under which the service knows them', async () => {
  const again = await addCustomer(shop.db, tenantId, 'ADA@example.org')
  await addCustomer(shop.db, tenantId, 'mada@example.org')
  await addCustomer(shop.db, randomUUID(), 'ada@example.org')
  const asked = refer(tenantId, { emails: ['ada@example.org'] })
  const { visitorIds, ...rest } = await shop.holder.locate(asked)
  expect(visitorIds.toSorted()).toEqual([ada.visitorId, again.visitorId].toSorted())
  expect(rest).toEqual({ tenantId, emails: ['ada@example.org'], userIds: [] })
})

test('an address that shares a row with an id is never added: it may be of somebody else', async () => {
  await addCustomer(shop.db, tenantId, 'other@example.org')
  expect((await shop.holder.locate(refer(tenantId, { visitorIds: [ada.visitorId] }))).emails).toEqual([])
})

test('the copy holds everything of the person, by category, with what the law asks to be told, and nobody else', async () => {
  await addCustomer(shop.db, tenantId, 'bob@example.org')
  await addCustomer(shop.db, randomUUID(), 'ada@example.org', 'elsewhere')
  const holdings = await shop.holder.export(asKnown())
  expect(holdings.map(({ table, category, records }) => [table, category, records])).toEqual([
    ['customers', 'contact-details', [{ visitor_id: ada.visitorId, name: 'ada', email: 'ada@example.org' }]],
    ['orders', 'contact-details', [{ delivered_to: "ada's street" }]],
    ['orders', 'usage-facts', [{ paid_minor: 100 }]],
    ['order_notes', 'conversation', [{ text: 'ring at ada' }]],
    ['reviews', 'conversation', [{ about: ada.visitorId, text: 'ada is kind' }]],
    ['invoices', 'purchase-records', [{ visitor_id: ada.visitorId, buyer: 'ada <ada@example.org>' }]],
    ['invoices', 'rights-requests', [{ terms: 'to ada' }]],
    ['invoices', 'conversation', [{ memo: 'nice ada' }]],
  ])
  for (const holding of holdings) {
    expect(holding).toMatchObject({
      title: expect.any(String),
      purposes: expect.arrayContaining([expect.any(String)]),
      legalBasis: expect.stringContaining('GDPR'),
      role: expect.stringMatching(/^(controller|processor)$/),
      recipients: expect.arrayContaining([expect.any(String)]),
      retention: expect.any(String),
      source: expect.any(String),
    })
  }
  expect(await shop.holder.export(refer(tenantId, { emails: ['nobody@example.org'] }))).toEqual([])
})

test("erasure deletes, empties and keeps as the map says, and nothing of anybody else's changes", async () => {
  await addCustomer(shop.db, tenantId, 'bob@example.org')
  await addCustomer(shop.db, tenantId, 'mada@example.org')
  await addCustomer(shop.db, randomUUID(), 'ada@example.org', 'elsewhere')
  const before = await dump(shop)
  const { erased, kept } = await shop.holder.erase(asKnown())
  expect(erased).toEqual([
    { table: 'invoices', action: 'anonymised', rows: 1 },
    { table: 'reviews', action: 'anonymised', rows: 1 },
    { table: 'order_notes', action: 'deleted', rows: 1 },
    { table: 'orders', action: 'deleted', rows: 1 },
    { table: 'customers', action: 'deleted', rows: 1 },
  ])
  expect(kept).toEqual([
    {
      table: 'invoices',
      category: 'purchase-records',
      rows: 1,
      reason: 'Tax law',
      until: '2037-01-01T00:00:00.000Z',
    },
    { table: 'invoices', category: 'rights-requests', rows: 1, reason: 'The guarantee runs', until: null },
  ])
  const after = await dump(shop)
  const gone = before.filter((row) => !after.includes(row))
  expect(gone.map((row) => row.split(' ')[0])).toEqual([
    'customers',
    'invoices',
    'order_notes',
    'orders',
    'reviews',
  ])
  expect(gone.every((row) => row.includes(tenantId))).toBe(true)
  const left = after.filter((row) => !before.includes(row))
  expect(left).toHaveLength(2)
  expect(left[0]).toMatch(/^invoices .*"buyer":"ada <ada@example.org>","terms":"to ada","memo":null/)
  expect(left[1]).toMatch(/^reviews .*"about":null,"text":null/)
})

test('what is kept is kept until some years after the end of the year that counts, of the latest of its rows', async () => {
  const late = new Date('2030-06-30T00:00:00.000Z')
  await asTenant(shop.db, tenantId, (trx) =>
    trx
      .insertInto('invoices')
      .values({ id: randomUUID(), tenant_id: tenantId, visitor_id: ada.visitorId, issued_at: late })
      .execute(),
  )
  const { kept } = await shop.holder.erase(asKnown())
  expect(kept[0]).toMatchObject({ rows: 2, until: '2041-01-01T00:00:00.000Z' })
})

test('an erasure that is repeated changes nothing and answers for all its runs', async () => {
  const requestId = randomUUID()
  const first = await shop.holder.erase(asKnown(), requestId)
  const after = await dump(shop)
  expect(await shop.holder.erase(asKnown(), requestId)).toEqual(first)
  expect(await dump(shop)).toEqual(after)

  await addCustomer(shop.db, tenantId, 'ada@example.org')
  const third = await shop.holder.erase(asKnown(), requestId)
  expect(third.erased).toContainEqual({ table: 'customers', action: 'deleted', rows: 2 })
})

test('an erasure that fails half-way has erased nothing and reports nothing', async () => {
  await sql`create or replace function refuse() returns trigger language plpgsql as $$ begin raise 'not today'; end $$`.execute(
    shop.superuser,
  )
  await sql`create trigger refuse before delete on customers for each row execute function refuse()`.execute(
    shop.superuser,
  )
  const requestId = randomUUID()
  const before = await dump(shop)
  await expect(shop.holder.erase(asKnown(), requestId)).rejects.toThrow('not today')
  expect(await dump(shop)).toEqual(before)
  await sql`drop trigger refuse on customers`.execute(shop.superuser)
  expect((await shop.holder.erase(asKnown(), requestId)).erased).toHaveLength(5)
})

test('what others wrote about the person loses the address, and what a law keeps is not touched', async () => {
  const bob = await addCustomer(shop.db, tenantId, 'bob@example.org')
  const write = (text: string) =>
    asTenant(shop.db, tenantId, (trx) =>
      trx.updateTable('reviews').set({ text }).where('about', '=', bob.visitorId).execute(),
    )
  await write('ask Ada@Example.org, (ada@example.org) or mada@example.org')
  await asTenant(shop.db, tenantId, (trx) =>
    trx
      .updateTable('invoices')
      .set({ buyer: 'paid for by ada@example.org' })
      .where('visitor_id', '=', bob.visitorId)
      .execute(),
  )
  const { erased } = await shop.holder.erase(asKnown())
  expect(erased).toContainEqual({ table: 'reviews', action: 'redacted', rows: 1 })
  const rows = (await dump(shop)).filter((row) => row.includes(bob.visitorId))
  expect(rows.find((row) => row.startsWith('reviews'))).toContain(
    'ask [erased], ([erased]) or mada@example.org',
  )
  expect(rows.find((row) => row.startsWith('invoices'))).toContain('paid for by ada@example.org')
})

test("erasing a member of staff takes their name from what they did, and leaves the visitor's side alone", async () => {
  const userId = randomUUID()
  await asTenant(shop.db, tenantId, (trx) =>
    trx.updateTable('reviews').set({ author_id: userId, author_name: 'Sue' }).execute(),
  )
  const staff = refer(tenantId, { userIds: [userId] })
  expect(await shop.holder.export(staff)).toMatchObject([
    { table: 'reviews', category: 'staff-name', records: [{ author_id: userId, author_name: 'Sue' }] },
  ])
  const { erased } = await shop.holder.erase(staff)
  expect(erased).toEqual([{ table: 'reviews', action: 'anonymised', rows: 1 }])
  const rows = (await dump(shop)).filter((row) => row.startsWith('reviews') && row.includes(tenantId))
  expect(rows[0]).toContain('"text":"ada is kind","author_id":null,"author_name":"[erased]"')
})

test('before erasure the search finds the person in every column, after it nowhere', async () => {
  const found = (await shop.holder.search(asKnown())).residue.map(({ table, column }) => `${table}.${column}`)
  expect(found).toEqual(['customers.visitor_id', 'customers.email', 'reviews.about'])
  await shop.holder.erase(asKnown())
  const { residue, columnsSearched } = await shop.holder.search(asKnown())
  expect(residue).toEqual([])
  expect(columnsSearched).toBeGreaterThan(50)
})

test('the search finds what no map knows of, and takes nobody else for the person', async () => {
  await shop.holder.erase(asKnown())
  await addCustomer(shop.db, tenantId, 'mada@example.org')
  await addCustomer(shop.db, tenantId, 'ada@example.org.uk')
  await addCustomer(shop.db, randomUUID(), 'ada@example.org')
  await sql`create table forgotten (tenant_id uuid, payload jsonb, tags text[], raw bytea)`.execute(
    shop.superuser,
  )
  await sql`grant select on forgotten to shop_app`.execute(shop.superuser)
  expect((await shop.holder.search(asKnown())).residue).toEqual([])
  await sql`insert into forgotten values
    (${tenantId}, ${JSON.stringify({ of: { who: ada.visitorId } })}, array['x', 'Ada@Example.org'], null),
    (${randomUUID()}, '{"to":"ada@example.org"}', null, null)`.execute(shop.superuser)
  expect((await shop.holder.search(asKnown())).residue).toEqual([
    { table: 'forgotten', column: 'payload', rows: 1 },
    { table: 'forgotten', column: 'tags', rows: 1 },
  ])
  await sql`drop table forgotten`.execute(shop.superuser)
})

test('a person is hidden at once, the engine still sees them, and hiding again changes nothing', async () => {
  const bob = await addCustomer(shop.db, tenantId, 'bob@example.org')
  const names = () =>
    asTenant(shop.db, tenantId, async (trx) => {
      const rows = await trx.selectFrom('customers').select('name').orderBy('name').execute()
      return rows.map(({ name }) => name)
    })
  expect(await names()).toEqual(['ada', 'bob'])
  expect(await shop.holder.hide(asKnown())).toEqual({ hidden: 1 })
  expect(await names()).toEqual(['bob'])
  expect(await shop.holder.hide(asKnown())).toEqual({ hidden: 0 })
  expect((await shop.holder.export(asKnown())).map(({ table }) => table)).toContain('customers')
  expect((await shop.holder.erase(asKnown())).erased).toHaveLength(5)
  expect((await shop.holder.export(refer(tenantId, { visitorIds: [bob.visitorId] }))).length).toBeGreaterThan(
    5,
  )
})

test('no statement goes on after the caller has given up', async () => {
  const { searchResidue } = dataHolderHandlers(shopData, {
    db: shop.db,
    clock,
    policies: shop.policies,
  })
  await shop.superuser.transaction().execute(async (trx) => {
    await sql`lock table customers in access exclusive mode`.execute(trx)
    const searching = searchResidue({ subject: asKnown() }, { timeoutMs: 50 } as never)
    await expect(searching).rejects.toThrow('canceling statement due to statement timeout')
  })
})

test('an address is the same however it is written', async () => {
  const shouted = refer(tenantId, { emails: ['ADA@Example.ORG'] })
  expect((await shop.holder.locate(shouted)).visitorIds).toEqual([ada.visitorId])
  await shop.holder.erase(shouted)
  expect((await shop.holder.search(shouted)).residue).toEqual([])
})

test('events about an erased person keep the fact and lose the person', async () => {
  await sql`insert into outbox (id, tenant_id, type, stream_key, subject_id, occurred_at, payload)
    values (${randomUUID()}, ${tenantId}, 'chat.message-posted', 'x', ${ada.visitorId}, ${clock.now()}, '{"seq":1}')`.execute(
    shop.db,
  )
  await sql`insert into parked_events (event_id, tenant_id, type, stream_key, subject_id, envelope, error, attempts, parked_at)
    values (${randomUUID()}, ${tenantId}, 'x', 'x', ${ada.visitorId}, ${JSON.stringify({ subjectId: ada.visitorId })}, 'x', 1, ${clock.now()})`.execute(
    shop.db,
  )
  const { erased } = await shop.holder.erase(asKnown())
  expect(erased).toContainEqual({ table: 'outbox', action: 'anonymised', rows: 1 })
  expect(erased).toContainEqual({ table: 'parked_events', action: 'deleted', rows: 1 })
  expect((await shop.holder.search(asKnown())).residue).toEqual([])
})

test('what a legal hold is on stays untouched until it is released, and all around it is erased at once', async () => {
  await addCustomer(shop.db, tenantId, 'bob@example.org')
  const hold = {
    id: randomUUID(),
    category: 'conversation',
    law: 'Court order 7',
    owner: 'Olga',
    until: null,
  } as const
  shop.setHolds([hold])
  const requestId = randomUUID()
  const before = await dump(shop)
  const { erased, held } = await shop.holder.erase(asKnown(), requestId)
  const reason = { category: 'conversation', rows: 1, law: 'Court order 7', owner: 'Olga', until: null }
  expect(held).toEqual([
    { table: 'invoices', ...reason },
    { table: 'reviews', ...reason },
    { table: 'order_notes', ...reason },
  ])
  expect(erased).toEqual([{ table: 'customers', action: 'anonymised', rows: 1 }])
  const mine = (await dump(shop)).filter((row) => row.includes(tenantId) && !row.includes('bob'))
  expect(mine.filter((row) => !before.includes(row))).toEqual([
    expect.stringMatching(/^customers .*"name":null,"email":null/),
  ])
  expect(mine.filter((row) => row.startsWith('order_notes')).join()).toContain('ring at ada')

  shop.setHolds([])
  const after = await shop.holder.erase(asKnown(), requestId)
  expect(after.held).toBeUndefined()
  expect(after.erased).toContainEqual({ table: 'order_notes', action: 'deleted', rows: 1 })
  expect((await shop.holder.search(asKnown())).residue).toEqual([])
})
