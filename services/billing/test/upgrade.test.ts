import { randomUUID } from 'node:crypto'
import { businessSignedUp } from '@candor/contracts/identity/events'
import { day } from '@candor/testing/movable-clock'
import { settle } from '@candor/testing/settle'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { germanBuyer, payByCard, startTestBilling } from './start-billing.ts'
import type { TestBilling } from './start-billing.ts'

let billing: TestBilling
beforeAll(async () => {
  billing = await startTestBilling()
})
afterAll(() => billing[Symbol.asyncDispose]())

test('a new business is on its trial at once, and the late news of its sign-up only dates it', async () => {
  const tenantId = randomUUID()
  const owner = await billing.staff(tenantId)
  const before = await owner.getSubscription.query()
  expect(before).toMatchObject({ plan: { id: 'trial' }, status: 'trialing', endsAtPeriodEnd: false })
  expect(await owner.getUsage.query()).toMatchObject({ conversations: { used: 0, included: 100 } })

  const signedUpAt = new Date(billing.clock.now().getTime() - 90_000)
  const payload = { ownerId: randomUUID(), country: 'DE' }
  await billing.announce(businessSignedUp, { tenantId, occurredAt: signedUpAt, payload })
  const after = await settle(async () => {
    const subscription = await owner.getSubscription.query()
    expect(subscription.periodStart).toBe(signedUpAt.toISOString())
    return subscription
  })
  expect(Date.parse(after.periodEnd) - signedUpAt.getTime()).toBe(14 * day)
})

test('paying on the provider page changes the plan and issues an invoice; a refund takes both back', async () => {
  const tenantId = randomUUID()
  const owner = await billing.staff(tenantId)
  const { checkoutUrl } = await owner.startCheckout.mutate({ planId: 'starter', details: germanBuyer })
  expect(checkoutUrl.startsWith(billing.payments.url)).toBe(true)
  expect((await owner.getSubscription.query()).status).toBe('trialing')

  const declined = await payByCard(checkoutUrl, '4000 0000 0000 0002')
  expect(declined.status).toBe(422)
  const paid = await payByCard(checkoutUrl)
  expect(paid.headers.get('location')).toBe(`${billing.url}/billing?checkout=success`)
  await settle(async () => {
    const subscription = await owner.getSubscription.query()
    expect(subscription).toMatchObject({ plan: { id: 'starter' }, status: 'active', endsAtPeriodEnd: false })
  })

  const [invoice, ...others] = await owner.listInvoices.query()
  expect(others).toEqual([])
  expect(invoice).toMatchObject({
    number: expect.stringMatching(/^CD-20\d\d-\d{6}$/),
    kind: 'invoice',
    corrects: null,
    buyer: { ...germanBuyer, vatId: null },
    seller: { name: 'Candor Demo GmbH', vatId: 'DE123456789' },
    lines: [{ description: 'Candor Starter plan, one month', quantity: 1, netMinor: 2900 }],
    currency: 'EUR',
    netMinor: 2900,
    taxRatePercent: 19,
    taxMinor: 551,
    grossMinor: 3451,
    taxNote: null,
    status: 'paid',
  })
  expect(await owner.getInvoice.query({ invoiceId: invoice!.id })).toEqual(invoice)

  const { paymentId, amountMinor } = await billing.session(checkoutUrl)
  expect(amountMinor).toBe(3451)
  await billing.provider.refund({ paymentId, idempotencyKey: randomUUID() })
  const [creditNote, corrected] = await settle(async () => {
    const invoices = await owner.listInvoices.query()
    expect(invoices).toHaveLength(2)
    return invoices
  })
  expect(creditNote).toMatchObject({
    kind: 'credit-note',
    corrects: invoice!.number,
    netMinor: -2900,
    taxMinor: -551,
    grossMinor: -3451,
    status: 'refunded',
  })
  expect(corrected).toEqual({ ...invoice, status: 'refunded' })
  expect(await owner.getSubscription.query()).toMatchObject({ plan: { id: 'trial' }, status: 'ended' })
})

test('a provider that is away is a retryable refusal, and the checkout that was stored can still be paid', async () => {
  await using lonely = await startTestBilling()
  const tenantId = randomUUID()
  const owner = await lonely.staff(tenantId)
  await lonely.payments.stop()
  const refused = owner.startCheckout.mutate({ planId: 'team', details: germanBuyer })
  await expect(refused).rejects.toMatchObject({ data: { reason: 'unavailable', retryable: true } })

  const [checkout] = await lonely.rows('select id, session_id from checkouts where tenant_id = $1', [
    tenantId,
  ])
  expect(checkout.session_id).toBe(null)
  const notice = { reference: checkout.id, sessionId: 'cs_late', paymentId: 'pay_late', amountMinor: 11781 }
  expect(await lonely.notices.send(notice)).toEqual({ status: 200, outcome: 'applied' })
  expect(await owner.getSubscription.query()).toMatchObject({ plan: { id: 'team' }, status: 'active' })
})

test('a card number in any field of the billing details is refused by name, stored nowhere and not repeated', async () => {
  const tenantId = randomUUID()
  const owner = await billing.staff(tenantId)
  for (const field of ['company', 'street', 'postalCode', 'city', 'vatId'] as const) {
    const details = { ...germanBuyer, [field]: '4242 4242 4242 4242' }
    const refused = await owner.startCheckout
      .mutate({ planId: 'team', details })
      .catch((error: unknown) => error)
    expect(refused).toMatchObject({
      data: { reason: 'bad-input', fields: [{ path: `details.${field}`, message: expect.any(String) }] },
    })
    expect(JSON.stringify(refused)).not.toContain('4242 4242')
  }
  expect(await billing.rows('select from checkouts where tenant_id = $1', [tenantId])).toEqual([])
})

test('a country that does not exist and a VAT number of another country are refused by name', async () => {
  const owner = await billing.staff(randomUUID())
  const refusal = (details: object) =>
    owner.startCheckout.mutate({ planId: 'team', details: { ...germanBuyer, ...details } })
  const named = (path: string) => ({ data: { reason: 'bad-input', fields: [{ path }] } })
  await expect(refusal({ country: 'ZZ' })).rejects.toMatchObject(named('details.country'))
  await expect(refusal({ country: 'QX' })).rejects.toMatchObject(named('details.country'))
  for (const [country, vatId] of [
    ['FR', 'DE123456789'],
    ['NL', 'NL123'],
    ['ES', 'ES123456789'],
    ['GR', 'GR123456789'],
  ])
    await expect(refusal({ country, vatId })).rejects.toMatchObject(named('details.vatId'))
})

test('only an owner buys or cancels; an agent sees the plan and no invoices', async () => {
  const tenantId = randomUUID()
  const agent = await billing.staff(tenantId, 'agent')
  const admin = await billing.staff(tenantId, 'admin')
  const forbidden = { data: { reason: 'forbidden' } }
  await expect(admin.startCheckout.mutate({ planId: 'team', details: germanBuyer })).rejects.toMatchObject(
    forbidden,
  )
  await expect(admin.cancelSubscription.mutate()).rejects.toMatchObject(forbidden)
  await expect(agent.listInvoices.query()).rejects.toMatchObject(forbidden)
  expect(await admin.listInvoices.query()).toEqual([])
  expect((await agent.getSubscription.query()).plan.id).toBe('trial')
  expect(
    (await agent.listPlans.query()).map(({ id, price }) => [id, price.amountMinor, price.currency]),
  ).toEqual([
    ['trial', 0, 'EUR'],
    ['starter', 2900, 'EUR'],
    ['team', 9900, 'EUR'],
  ])
})
