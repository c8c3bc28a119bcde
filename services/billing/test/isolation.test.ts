import { randomUUID } from 'node:crypto'
import { asLookup, asTenant } from '@candor/runtime/tenancy'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../src/store/tables.ts'
import { buy } from './buy.ts'
import { startTestBilling } from './start-billing.ts'
import type { TestBilling } from './start-billing.ts'

let billing: TestBilling
beforeAll(async () => {
  billing = await startTestBilling({ start: '2026-11-21T10:00:00Z' })
})
afterAll(() => billing[Symbol.asyncDispose]())

const tenantTables = ['terms', 'usage', 'checkouts', 'invoices'] as const

test('the app role sees rows of the tenant it names and no others; without one it sees none', async () => {
  const [mine, theirs] = [randomUUID(), randomUUID()]
  for (const tenantId of [mine, theirs]) {
    await buy(billing, tenantId)
    const { rows } = billing
    await rows(
      'insert into usage (tenant_id, term_id) select tenant_id, id from terms where tenant_id = $1',
      [tenantId],
    )
  }
  const pool = new pg.Pool({ connectionString: billing.database.appUrl, max: 1 })
  await using db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
  for (const table of tenantTables) {
    const tenants = (trx: Kysely<Database>) => trx.selectFrom(table).select('tenant_id').distinct().execute()
    expect(await tenants(db)).toEqual([])
    expect(await asTenant(db, mine, tenants)).toEqual([{ tenant_id: mine }])
  }
})

test('a lookup by reference sees that one checkout, cannot change it, and sees nothing else', async () => {
  const tenantId = randomUUID()
  const { reference } = await buy(billing, tenantId)
  await buy(billing, randomUUID())
  const pool = new pg.Pool({ connectionString: billing.database.appUrl, max: 1 })
  await using db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
  await asLookup(db, reference, async (trx) => {
    expect(await trx.selectFrom('checkouts').select('id').execute()).toEqual([{ id: reference }])
    expect(await trx.selectFrom('invoices').select('id').execute()).toEqual([])
  })
  const change = asLookup(db, reference, (trx) =>
    trx.updateTable('checkouts').set({ refunded_minor: 1 }).execute(),
  )
  await expect(change).rejects.toThrow('row-level security')
})
