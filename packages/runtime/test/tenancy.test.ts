import { randomInt, randomUUID } from 'node:crypto'
import { asLookup, asTenant, enterTenant } from '@candor/runtime/tenancy'
import type { Transaction } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createNotesDatabase } from './notes-database.ts'
import type { NotesDatabase } from './notes-database.ts'

let database: Awaited<ReturnType<typeof createNotesDatabase>>
let db: ReturnType<typeof database.pool>
beforeAll(async () => {
  database = await createNotesDatabase()
  db = database.pool(10)
})
afterAll(() => database[Symbol.asyncDispose]())

function insert(trx: Transaction<NotesDatabase>, tenant_id: string, key: string | null = null) {
  return trx.insertInto('notes').values({ id: randomUUID(), tenant_id, key, text: 'x' }).execute()
}

async function tenantWithNote(key: string | null = null): Promise<string> {
  const tenant = randomUUID()
  await asTenant(db, tenant, (trx) => insert(trx, tenant, key))
  return tenant
}

const tenantsSeen = async (trx: Pick<typeof db, 'selectFrom'>) =>
  (await trx.selectFrom('notes').select('tenant_id').execute()).map(({ tenant_id }) => tenant_id)

test('whoever names no tenant sees nothing and writes nothing', async () => {
  const tenant = await tenantWithNote()
  for (const none of ['', []]) expect(await asTenant(db, none, tenantsSeen)).toEqual([])
  expect(await tenantsSeen(db)).toEqual([])
  const write = db.transaction().execute((trx) => insert(trx, tenant))
  await expect(write).rejects.toThrow('row-level security')
})

test('another tenant sees nothing, changes nothing and deletes nothing', async () => {
  const tenant = await tenantWithNote()
  await asTenant(db, randomUUID(), async (trx) => {
    expect(await tenantsSeen(trx)).toEqual([])
    const changed = await trx.updateTable('notes').set({ text: 'mine now' }).executeTakeFirst()
    const deleted = await trx.deleteFrom('notes').executeTakeFirst()
    expect([Number(changed.numUpdatedRows), Number(deleted.numDeletedRows)]).toEqual([0, 0])
  })
  expect(await asTenant(db, tenant, tenantsSeen)).toEqual([tenant])
})

test('a row can be neither written nor moved into another tenant', async () => {
  const [own, other] = [await tenantWithNote(), await tenantWithNote()]
  const write = asTenant(db, own, (trx) => insert(trx, other))
  await expect(write).rejects.toThrow('row-level security')
  const move = asTenant(db, own, (trx) => trx.updateTable('notes').set({ tenant_id: other }).execute())
  await expect(move).rejects.toThrow('row-level security')
})

test('a batch that names its tenants sees theirs and no others', async () => {
  const [first, second] = [await tenantWithNote(), await tenantWithNote(), await tenantWithNote()]
  const seen = await asTenant(db, [first!, second!], tenantsSeen)
  expect(seen.toSorted()).toEqual([first, second].toSorted())
})

test('the tenant ends with its transaction, whether that commits or fails', async () => {
  const single = database.pool(1)
  const tenant = await tenantWithNote()
  await asTenant(single, tenant, tenantsSeen)
  expect(await tenantsSeen(single)).toEqual([])
  await expect(asTenant(single, tenant, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await tenantsSeen(single)).toEqual([])
})

test('a thousand transactions for random tenants, forty at once over one pool, never bleed', async () => {
  const tenants = await Promise.all(Array.from({ length: 20 }, () => tenantWithNote()))
  const strangers = new Set<string>()
  const visit = async () => {
    const tenant = tenants[randomInt(tenants.length)]!
    const look = async (trx: Transaction<NotesDatabase>) => {
      for (const seen of await tenantsSeen(trx)) if (seen !== tenant) strangers.add(seen)
    }
    await asTenant(db, tenant, async (trx) => {
      await look(trx)
      if (randomInt(10) === 0) throw new Error('given up')
      await insert(trx, tenant)
      await look(trx)
    })
  }
  const failures = new Set<string>()
  const visitor = async () => {
    for (let visits = 0; visits < 25; visits++) await visit().catch((err: Error) => failures.add(err.message))
  }
  await Promise.all(Array.from({ length: 40 }, visitor))
  expect(failures).toEqual(new Set(['given up']))
  expect([...strangers]).toEqual([])
})

test('whoever holds the key finds its one row, and writes only once inside its tenant', async () => {
  const key = randomUUID()
  const tenant = await tenantWithNote(key)
  await asTenant(db, tenant, (trx) => insert(trx, tenant))
  await tenantWithNote(randomUUID())
  expect(await asLookup(db, key, tenantsSeen)).toEqual([tenant])
  expect(await asLookup(db, randomUUID(), tenantsSeen)).toEqual([])
  expect(await asLookup(db, '', tenantsSeen)).toEqual([])
  const early = asLookup(db, key, (trx) => trx.updateTable('notes').set({ text: 'changed' }).execute())
  await expect(early).rejects.toThrow('row-level security')
  await asLookup(db, key, async (trx) => {
    await enterTenant(trx, tenant)
    const { numUpdatedRows } = await trx.updateTable('notes').set({ text: 'changed' }).executeTakeFirst()
    expect(Number(numUpdatedRows)).toBe(2)
  })
})
