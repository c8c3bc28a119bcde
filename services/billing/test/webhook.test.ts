import { createHmac, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buy, openCheckout } from './buy.ts'
import { previousWebhookSecret, startTestBilling } from './start-billing.ts'
import type { TestBilling } from './start-billing.ts'

let billing: TestBilling
beforeAll(async () => {
  billing = await startTestBilling({ start: '2026-11-21T10:00:00Z' })
})
afterAll(() => billing[Symbol.asyncDispose]())

const unsigned = { status: 401, outcome: 'unsigned' }

test('a notice that is not signed by the provider over these very bytes changes nothing', async () => {
  const tenantId = randomUUID()
  const notice = await openCheckout(billing, tenantId)
  const { notices } = billing
  expect(await notices.send(notice, { secret: Buffer.from('another secret of 32 bytes length') })).toEqual(
    unsigned,
  )
  expect(await notices.send(notice, { signature: 'v1,' })).toEqual(unsigned)
  expect(await notices.send(notice, { signature: 'v2,abc def' })).toEqual(unsigned)
  expect(await notices.send(notice, { sentBody: JSON.stringify({ type: 'payment.succeeded' }) })).toEqual(
    unsigned,
  )
  expect(await notices.send(notice, { id: 'not an id' })).toEqual(unsigned)
  const bare = await fetch(`${billing.url}/webhooks/billing/sandbox`, { method: 'POST', body: '{}' })
  expect(bare.status).toBe(401)
  const owner = await billing.staff(tenantId)
  expect((await owner.getSubscription.query()).status).toBe('trialing')
})

test('a signed notice is taken within five minutes of its time and not later, by the clock', async () => {
  const { notices } = billing
  const notice = { reference: randomUUID(), sessionId: 'cs_1', paymentId: 'pay_1', amountMinor: 1 }
  expect(await notices.send(notice, { skewSeconds: -301 })).toEqual(unsigned)
  expect(await notices.send(notice, { skewSeconds: 301 })).toEqual(unsigned)
  expect((await notices.send(notice, { skewSeconds: -300 })).status).toBe(200)
  expect((await notices.send(notice, { skewSeconds: 300 })).status).toBe(200)
})

test('a secret in change: one good signature among several is enough', async () => {
  const id = `evt_${randomUUID()}`
  const { notices, clock } = billing
  const body = JSON.stringify({ type: 'payout.sent', data: {} })
  const seconds = Math.floor(clock.now().getTime() / 1000)
  const secret = Buffer.from('0123456789abcdef0123456789abcdef')
  const good = createHmac('sha256', secret).update(`${id}.${seconds}.${body}`).digest('base64')
  const other = Buffer.alloc(32).toString('base64')
  expect((await notices.deliver(body, { id, signature: `v1,${other} v1,${good}` })).status).toBe(200)
})

test('while our secret is exchanged, what is signed by the one before is taken too', async () => {
  const { notices } = billing
  const notice = { reference: randomUUID(), sessionId: 'cs_1', paymentId: 'pay_1', amountMinor: 1 }
  expect((await notices.send(notice, { secret: previousWebhookSecret })).status).toBe(200)
  expect((await notices.send(notice)).status).toBe(200)
})

test('what is no payment of ours is accepted, ignored and counted', async () => {
  const { notices } = billing
  const unknown = { sessionId: 'cs_1', paymentId: 'pay_1', amountMinor: 3451 }
  const ignored = { status: 200, outcome: 'ignored' }
  expect(await notices.send({ ...unknown, reference: randomUUID() })).toEqual(ignored)
  expect(await notices.send({ ...unknown, reference: "'; drop table checkouts" })).toEqual(ignored)
  expect(await notices.deliver(JSON.stringify({ type: 'payout.sent', data: {} }))).toEqual(ignored)
  expect(await billing.metrics()).toMatch(
    /payment_notices_total\{provider="sandbox",outcome="ignored"[^}]*\} [3-9]/,
  )
})

test('a signed body that is not what was agreed answers 400, never a fault', async () => {
  const { notices } = billing
  const bodies = [
    '',
    '{',
    '[]',
    'null',
    '"text"',
    '{"type":"payment.succeeded"}',
    Buffer.from([0xff, 0xfe, 0x00]),
  ]
  for (const body of bodies) {
    expect(await notices.deliver(body)).toEqual({ status: 400, outcome: 'unreadable' })
  }
  const nul = { reference: 'a\u0000b', sessionId: 'cs_1', paymentId: 'pay_1', amountMinor: 1 }
  expect((await notices.send(nul)).status).toBe(400)
})

test('a body over 64 kB is refused before it is read, with or without a stated length', async () => {
  const full = Buffer.alloc(64 * 1024, 'x')
  expect((await billing.notices.deliver(full)).status).toBe(400)
  const larger = Buffer.alloc(64 * 1024 + 1, 'x')
  expect(await billing.notices.deliver(larger)).toEqual({ status: 413, outcome: 'too-large' })
  const stream = new Blob([larger]).stream()
  const url = `${billing.url}/webhooks/billing/sandbox`
  const chunked = await fetch(url, { method: 'POST', body: stream, duplex: 'half' } as RequestInit)
  expect(chunked.status).toBe(413)
})

test('other providers and methods are told so', async () => {
  const base = `${billing.url}/webhooks/billing`
  expect((await fetch(`${base}/acme`, { method: 'POST', body: '{}' })).status).toBe(404)
  expect((await fetch(`${base}/constructor`, { method: 'POST', body: '{}' })).status).toBe(404)
  const get = await fetch(`${base}/sandbox`)
  expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST'])
  expect((await fetch(`${base}/sandbox/more`, { method: 'POST', body: '{}' })).status).toBe(404)
})

test('a notice that contradicts its checkout is refused and gives no plan', async () => {
  const tenantId = randomUUID()
  const { checkoutUrl: _, ...notice } = await openCheckout(billing, tenantId)
  const refused = { status: 200, outcome: 'refused' }
  const { notices } = billing
  expect(await notices.send({ ...notice, amountMinor: 1 })).toEqual(refused)
  expect(await notices.send({ ...notice, currency: 'USD' })).toEqual(refused)
  expect(await notices.send({ ...notice, sessionId: 'cs_of_another' })).toEqual(refused)
  expect(await notices.send({ ...notice, type: 'payment.refunded', refundedMinor: 99999 })).toEqual(refused)
  const owner = await billing.staff(tenantId)
  expect(await owner.listInvoices.query()).toEqual([])
  expect((await owner.getSubscription.query()).plan.id).toBe('trial')
})

test('a second payment of one checkout is refused', async () => {
  const tenantId = randomUUID()
  const notice = await buy(billing, tenantId)
  expect((await billing.notices.send({ ...notice, paymentId: 'pay_again' })).outcome).toBe('refused')
  const owner = await billing.staff(tenantId)
  expect(await owner.listInvoices.query()).toHaveLength(1)
})

test('the same notice delivered twenty times at once takes effect once', async () => {
  const tenantId = randomUUID()
  const { checkoutUrl: _, ...notice } = await openCheckout(billing, tenantId)
  const id = `evt_${randomUUID()}`
  const answers = await Promise.all(Array.from({ length: 20 }, () => billing.notices.send(notice, { id })))
  expect(answers.map(({ outcome }) => outcome).toSorted()).toEqual(['applied', ...Array(19).fill('repeated')])
  const owner = await billing.staff(tenantId)
  expect(await owner.listInvoices.query()).toHaveLength(1)
})

test('payment, failure and refund converge in every order, each delivered twice', async () => {
  const orders = permutations(['payment.failed', 'payment.succeeded', 'payment.refunded'])
  for (const order of orders) {
    const tenantId = randomUUID()
    const { checkoutUrl: _, ...notice } = await openCheckout(billing, tenantId)
    const ids = new Map(order.map((type) => [type, `evt_${randomUUID()}`]))
    for (const type of [...order, ...order.toReversed()]) {
      const refundedMinor = type === 'payment.refunded' ? notice.amountMinor : 0
      const answer = await billing.notices.send({ ...notice, type, refundedMinor }, { id: ids.get(type) })
      expect(answer.status).toBe(200)
    }
    const owner = await billing.staff(tenantId)
    const invoices = await owner.listInvoices.query()
    expect(invoices.map(({ kind, grossMinor, status }) => [kind, grossMinor, status])).toEqual([
      ['credit-note', -3451, 'refunded'],
      ['invoice', 3451, 'refunded'],
    ])
    expect(invoices[0]!.corrects).toBe(invoices[1]!.number)
    expect(await owner.getSubscription.query()).toMatchObject({ plan: { id: 'trial' }, status: 'ended' })
  }
})

test('partial refunds are credited as they come, an older one that comes late adds nothing, and the sum is exact', async () => {
  const tenantId = randomUUID()
  const notice = { ...(await buy(billing, tenantId)), type: 'payment.refunded' }
  const owner = await billing.staff(tenantId)
  await billing.notices.send({ ...notice, refundedMinor: 1001 })
  await billing.notices.send({ ...notice, refundedMinor: 500 })
  expect((await owner.getSubscription.query()).status).toBe('active')
  await billing.notices.send({ ...notice, refundedMinor: 2002 })
  await billing.notices.send({ ...notice, refundedMinor: 3451 })
  const invoices = await owner.listInvoices.query()
  expect(invoices.map(({ grossMinor }) => grossMinor)).toEqual([-1449, -1001, -1001, 3451])
  for (const field of ['netMinor', 'taxMinor', 'grossMinor'] as const) {
    expect(invoices.reduce((sum, invoice) => sum + invoice[field], 0)).toBe(0)
  }
  expect((await owner.getSubscription.query()).status).toBe('ended')
})

function permutations(items: string[]): string[][] {
  if (items.length < 2) return [items]
  return items.flatMap((item) =>
    permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
  )
}
