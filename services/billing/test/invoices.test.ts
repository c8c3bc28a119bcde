import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buy, openCheckout } from './buy.ts'
import { germanBuyer, startTestBilling } from './start-billing.ts'
import type { TestBilling } from './start-billing.ts'

let billing: TestBilling
beforeAll(async () => {
  billing = await startTestBilling({ start: '2026-11-21T10:00:00Z' })
})
afterAll(() => billing[Symbol.asyncDispose]())

test('twenty payments at once get twenty numbers without a gap, also when one fails half-way and is sent again', async () => {
  const tenants = Array.from({ length: 20 }, () => randomUUID())
  const broken = { ...germanBuyer, company: 'Broken Ltd' }
  const opened = await Promise.all(
    tenants.map((tenantId, n) =>
      openCheckout(billing, tenantId, { details: n === 7 ? broken : germanBuyer }),
    ),
  )
  await billing.rows("alter table invoices add constraint fault check (buyer_company <> 'Broken Ltd')")
  const pay = (notice: (typeof opened)[number]) =>
    billing.notices.send(notice, { id: `evt_${notice.reference}` })
  const answers = await Promise.all(opened.map(pay))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([...Array(19).fill(200), 503])

  await billing.rows('alter table invoices drop constraint fault')
  expect(await pay(opened[7]!)).toEqual({ status: 200, outcome: 'applied' })
  const numbers = await billing.rows('select number from invoices order by number')
  const expected = Array.from({ length: 20 }, (_, n) => `CD-2026-${String(n + 1).padStart(6, '0')}`)
  expect(numbers.map(({ number }) => number)).toEqual(expected)
})

test('credit notes take numbers of the same sequence, and a new year begins at one', async () => {
  const numberOf = async (tenantId: string) =>
    (await (await billing.staff(tenantId)).listInvoices.query())[0]!.number
  billing.clock.set('2028-12-31T23:59:59Z')
  const tenantId = randomUUID()
  const paid = await buy(billing, tenantId)
  expect(await numberOf(tenantId)).toBe('CD-2028-000001')
  await billing.notices.send({ ...paid, type: 'payment.refunded', refundedMinor: paid.amountMinor })
  expect(await numberOf(tenantId)).toBe('CD-2028-000002')
  billing.clock.set('2029-01-01T00:00:00Z')
  const later = randomUUID()
  await buy(billing, later)
  expect(await numberOf(later)).toBe('CD-2029-000001')
})

test.each([
  { details: {}, net: 2900, percent: 19, tax: 551, note: /^$/ },
  { details: { country: 'FR', vatId: 'FR 12 345678901' }, net: 2900, percent: 0, tax: 0, note: /art\. 196/ },
  { details: { country: 'FI' }, net: 2900, percent: 25.5, tax: 740, note: /^$/ },
  { details: { country: 'CH' }, net: 2900, percent: 0, tax: 0, note: /outside the EU/ },
])('an invoice shows the tax it was charged with: $details', async ({ details, net, percent, tax, note }) => {
  const tenantId = randomUUID()
  const { amountMinor } = await buy(billing, tenantId, { details: { ...germanBuyer, ...details } })
  expect(amountMinor).toBe(net + tax)
  const [invoice] = await (await billing.staff(tenantId)).listInvoices.query()
  const { netMinor, taxRatePercent, taxMinor, grossMinor, taxNote } = invoice!
  expect({ netMinor, taxRatePercent, taxMinor, grossMinor }).toEqual({
    netMinor: net,
    taxRatePercent: percent,
    taxMinor: tax,
    grossMinor: net + tax,
  })
  expect(taxNote ?? '').toMatch(note)
})

test("another tenant's invoice is not found, by id or by list, and the database shows it to no one else", async () => {
  const tenantId = randomUUID()
  await buy(billing, tenantId)
  const [invoice] = await (await billing.staff(tenantId)).listInvoices.query()
  const stranger = await billing.staff(randomUUID())
  const read = stranger.getInvoice.query({ invoiceId: invoice!.id })
  await expect(read).rejects.toMatchObject({ data: { reason: 'not-found' } })
  expect(await stranger.listInvoices.query()).toEqual([])
})
