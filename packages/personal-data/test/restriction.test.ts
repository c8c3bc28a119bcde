import { randomUUID } from 'node:crypto'
import { isRestricted } from '@candor/events/restrictions'
import { asTenant, seeRestricted } from '@candor/runtime/tenancy'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { addCustomer, dump, openShop, refer } from './shop.ts'
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
const seen = () =>
  asTenant(shop.db, tenantId, async (trx) =>
    (await trx.selectFrom('customers').select('email').execute()).map(({ email }) => email),
  )

test('a restricted person is seen by no query that does not ask to, and is there again once released', async () => {
  await addCustomer(shop.db, tenantId, 'bob@example.org')
  const requestId = randomUUID()
  const before = await dump(shop)
  expect(await shop.holder.restrict(asKnown(), requestId)).toEqual({ restricted: 1 })
  expect(await shop.holder.restrict(asKnown(), requestId)).toEqual({ restricted: 0 })
  expect(await seen()).toEqual(['bob@example.org'])
  const stored = await asTenant(shop.db, tenantId, async (trx) => {
    await seeRestricted(trx)
    return trx.selectFrom('customers').select('email').execute()
  })
  expect(stored).toHaveLength(2)
  expect(await dump(shop)).toEqual(before)
  expect((await shop.holder.export(asKnown())).map(({ table }) => table)).toContain('customers')
  expect(await shop.holder.release(tenantId, requestId)).toEqual({ released: 1 })
  expect(await seen()).toHaveLength(2)
})

test('what one request stopped is not released with another', async () => {
  const [one, two] = [randomUUID(), randomUUID()]
  await shop.holder.restrict(asKnown(), one)
  await shop.holder.restrict(asKnown(), two)
  await shop.holder.release(tenantId, one)
  expect(await seen()).toEqual([])
  await shop.holder.release(tenantId, two)
  expect(await seen()).toEqual(['ada@example.org'])
})

test('an objection stops what it names and hides nothing', async () => {
  await shop.holder.restrict(asKnown(), randomUUID(), ['statistics'])
  expect(await seen()).toEqual(['ada@example.org'])
  const stopped = await asTenant(shop.db, tenantId, async (trx) => [
    await isRestricted(trx, ada.visitorId, 'statistics'),
    await isRestricted(trx, ada.visitorId, 'marketing'),
  ])
  expect(stopped).toEqual([true, false])
})

test('who was erased is not written down again by a restriction that comes late', async () => {
  await shop.holder.hide(asKnown())
  await shop.holder.erase(asKnown())
  expect(await shop.holder.restrict(asKnown(), randomUUID())).toEqual({ restricted: 0 })
  expect((await shop.holder.search(asKnown())).residue).toEqual([])
})

test('an erasure takes the restrictions with it', async () => {
  await shop.holder.restrict(asKnown(), randomUUID(), ['marketing', 'statistics'])
  expect((await shop.holder.erase(asKnown())).erased).toContainEqual({
    table: 'restrictions',
    action: 'deleted',
    rows: 2,
  })
})

test('a correction changes the wrong value in the columns of its field and nothing of anybody else', async () => {
  const bob = await addCustomer(shop.db, tenantId, 'bob@example.org', 'ada')
  expect(await shop.holder.correct(asKnown(), 'name', 'ADA', 'Ada Lovelace')).toEqual([
    { table: 'customers', column: 'name', rows: 1 },
  ])
  expect(await shop.holder.correct(asKnown(), 'name', 'ADA', 'Ada Lovelace')).toEqual([])
  const names = await asTenant(shop.db, tenantId, (trx) =>
    trx.selectFrom('customers').select(['name', 'visitor_id']).orderBy('name').execute(),
  )
  expect(names).toEqual([
    { name: 'Ada Lovelace', visitor_id: ada.visitorId },
    { name: 'ada', visitor_id: bob.visitorId },
  ])
})

test('the tenants that know an address are found by it, hidden or not, and by no part of it', async () => {
  const other = randomUUID()
  await addCustomer(shop.db, other, 'ADA@example.org')
  await addCustomer(shop.db, randomUUID(), 'mada@example.org')
  await shop.holder.restrict(asKnown(), randomUUID())
  const found = await shop.holder.findTenants('ada@example.org')
  expect(found).toEqual(expect.arrayContaining([tenantId, other]))
  expect(await shop.holder.findTenants('nobody@example.org')).toEqual([])
})
