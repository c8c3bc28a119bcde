import { randomUUID } from 'node:crypto'
import { billing as contract } from '@candor/contracts/billing'
import { checkDataMap } from '@candor/personal-data/check-data-map'
import { createServiceClient } from '@candor/rpc/service-client'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { billingData } from '../src/personal-data.ts'
import { buy, openCheckout } from './buy.ts'
import { startTestBilling } from './start-billing.ts'
import type { TestBilling } from './start-billing.ts'

let billing: TestBilling
beforeAll(async () => {
  billing = await startTestBilling({ start: '2026-11-21T10:00:00Z' })
})
afterAll(() => billing[Symbol.asyncDispose]())

test('every column of the database is declared, and personal data is behind forced row-level security', async () => {
  const pool = new pg.Pool({ connectionString: billing.database.superuserUrl })
  await using db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  expect(await checkDataMap(db, billingData)).toEqual([])
})

test('erasing a buyer keeps invoices for as long as tax law says, and a purchase under way until it is paid', async () => {
  const tenantId = randomUUID()
  const userId = randomUUID()
  await buy(billing, tenantId, { userId })
  const { checkoutUrl: _, ...unpaid } = await openCheckout(billing, tenantId, { userId, planId: 'team' })
  const privacy = createServiceClient(contract, {
    nats: await billing.nats.connect('privacy'),
    self: 'privacy',
  })
  const subject = { tenantId, emails: [], visitorIds: [], userIds: [userId] }

  const holdings = await privacy.exportSubject.query({ subject })
  expect(holdings.map(({ table, category }) => [table, category])).toEqual([
    ['checkouts', 'purchase-records'],
    ['invoices', 'purchase-records'],
  ])
  expect(holdings[1]!.records).toEqual([
    expect.objectContaining({ buyer_company: 'Rosenhof GmbH', buyer_city: 'Hamburg' }),
  ])

  const report = await privacy.eraseSubject.mutate({ subject, requestId: randomUUID() })
  expect(report.erased).toEqual([])
  expect(report.kept.toSorted((a, b) => a.table.localeCompare(b.table))).toEqual([
    expect.objectContaining({ table: 'checkouts', rows: 1, until: null }),
    {
      table: 'invoices',
      category: 'purchase-records',
      rows: 1,
      reason:
        'Tax law has invoices kept for years after the end of the year of issue: section 14b UStG and section 147(3) AO (Germany)',
      until: '2037-01-01T00:00:00.000Z',
    },
  ])
  expect((await privacy.searchResidue.query({ subject })).residue).toEqual([])
  expect((await billing.notices.send(unpaid)).outcome).not.toBe('refused')
})

test('once a checkout is paid, who bought stands on the invoice alone', async () => {
  const tenantId = randomUUID()
  await buy(billing, tenantId)
  const [checkout] = await billing.rows(
    'select buyer_user_id, buyer_company, buyer_street, buyer_city, buyer_vat_id from checkouts where tenant_id = $1',
    [tenantId],
  )
  expect(Object.values(checkout)).toEqual([null, null, null, null, null])
})
