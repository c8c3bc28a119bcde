import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buy, openCheckout } from './buy.ts'
import { startTestBilling } from './start-billing.ts'
import type { TestBilling } from './start-billing.ts'

let billing: TestBilling
beforeAll(async () => {
  billing = await startTestBilling()
})
afterAll(() => billing[Symbol.asyncDispose]())

test('a trial ends by the clock alone after fourteen days', async () => {
  billing.clock.set('2027-01-01T00:00:00Z')
  const owner = await billing.staff(randomUUID())
  expect((await owner.getSubscription.query()).periodEnd).toBe('2027-01-15T00:00:00.000Z')
  billing.clock.set('2027-01-14T23:59:59.999Z')
  expect((await owner.getSubscription.query()).status).toBe('trialing')
  billing.clock.set('2027-01-15T00:00:00Z')
  expect((await owner.getSubscription.query()).status).toBe('ended')
  await expect(owner.cancelSubscription.mutate()).rejects.toMatchObject({ data: { reason: 'conflict' } })
})

test('a month bought on the 31st ends with the last day of a shorter month', async () => {
  billing.clock.set('2027-01-31T15:00:00Z')
  const tenantId = randomUUID()
  await buy(billing, tenantId)
  const owner = await billing.staff(tenantId)
  expect(await owner.getSubscription.query()).toMatchObject({
    periodStart: '2027-01-31T15:00:00.000Z',
    periodEnd: '2027-02-28T15:00:00.000Z',
  })
})

test('a cancelled plan runs to the end of its period; cancelling twice is harmless', async () => {
  billing.clock.set('2027-03-10T00:00:00Z')
  const tenantId = randomUUID()
  await buy(billing, tenantId, { planId: 'team' })
  const owner = await billing.staff(tenantId)
  const cancelled = await owner.cancelSubscription.mutate()
  expect(cancelled).toMatchObject({ plan: { id: 'team' }, status: 'cancelled', endsAtPeriodEnd: true })
  billing.clock.set('2027-03-20T00:00:00Z')
  expect(await owner.cancelSubscription.mutate()).toEqual(cancelled)
  billing.clock.set('2027-04-10T00:00:00Z')
  expect(await owner.getSubscription.query()).toMatchObject({ status: 'ended', endsAtPeriodEnd: false })
})

test('a larger plan counts at once; what is paid for can be extended in its last week and no days are lost', async () => {
  billing.clock.set('2027-05-01T00:00:00Z')
  const tenantId = randomUUID()
  const owner = await billing.staff(tenantId)
  await buy(billing, tenantId, { planId: 'starter' })
  billing.clock.set('2027-05-03T00:00:00Z')
  await expect(openCheckout(billing, tenantId, { planId: 'starter' })).rejects.toMatchObject({
    data: { reason: 'conflict' },
    message: expect.stringContaining('2027-06-01'),
  })
  await buy(billing, tenantId, { planId: 'team' })
  expect(await owner.getSubscription.query()).toMatchObject({
    plan: { id: 'team' },
    periodEnd: '2027-06-03T00:00:00.000Z',
  })
  await owner.cancelSubscription.mutate()
  billing.clock.set('2027-05-28T00:00:00Z')
  await buy(billing, tenantId, { planId: 'team' })
  expect(await owner.getSubscription.query()).toMatchObject({
    status: 'active',
    periodEnd: '2027-06-03T00:00:00.000Z',
  })
  billing.clock.set('2027-06-03T00:00:00Z')
  expect(await owner.getSubscription.query()).toMatchObject({
    plan: { id: 'team' },
    status: 'active',
    periodEnd: '2027-07-03T00:00:00.000Z',
  })
})

test('a smaller plan is bought at any time, once, and follows the running month, which stays whole', async () => {
  billing.clock.set('2027-10-01T00:00:00Z')
  const tenantId = randomUUID()
  const owner = await billing.staff(tenantId)
  await buy(billing, tenantId, { planId: 'team' })
  expect((await owner.getSubscription.query()).next).toBe(null)
  billing.clock.set('2027-10-05T00:00:00Z')
  await buy(billing, tenantId, { planId: 'starter' })
  expect(await owner.getSubscription.query()).toMatchObject({
    plan: { id: 'team' },
    periodEnd: '2027-11-01T00:00:00.000Z',
    next: { plan: { id: 'starter' }, startsAt: '2027-11-01T00:00:00.000Z' },
  })
  await expect(openCheckout(billing, tenantId, { planId: 'starter' })).rejects.toMatchObject({
    data: { reason: 'conflict' },
    message: expect.stringContaining('2027-12-01'),
  })
  expect((await owner.listInvoices.query()).map(({ kind }) => kind)).toEqual(['invoice', 'invoice'])
  billing.clock.set('2027-11-01T00:00:00Z')
  expect(await owner.getSubscription.query()).toMatchObject({
    plan: { id: 'starter' },
    periodEnd: '2027-12-01T00:00:00.000Z',
    next: null,
  })
})

test('refunding a larger plan brings back the smaller one that is still paid for', async () => {
  billing.clock.set('2027-08-01T00:00:00Z')
  const tenantId = randomUUID()
  const owner = await billing.staff(tenantId)
  await buy(billing, tenantId, { planId: 'starter' })
  const team = await buy(billing, tenantId, { planId: 'team' })
  await billing.notices.send({ ...team, type: 'payment.refunded', refundedMinor: team.amountMinor })
  expect(await owner.getSubscription.query()).toMatchObject({ plan: { id: 'starter' }, status: 'active' })
})

test('a month that was paid for moves up when the one before it is refunded', async () => {
  billing.clock.set('2027-09-10T00:00:00Z')
  const tenantId = randomUUID()
  const owner = await billing.staff(tenantId)
  const tabs = [await openCheckout(billing, tenantId), await openCheckout(billing, tenantId)]
  for (const { checkoutUrl: _, ...notice } of tabs) await billing.notices.send(notice)
  billing.clock.set('2027-09-12T00:00:00Z')
  const { checkoutUrl: _, ...first } = tabs[0]!
  await billing.notices.send({ ...first, type: 'payment.refunded', refundedMinor: first.amountMinor })
  expect(await owner.getSubscription.query()).toMatchObject({
    plan: { id: 'starter' },
    status: 'active',
    periodEnd: '2027-10-12T00:00:00.000Z',
  })
})
