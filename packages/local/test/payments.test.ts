import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { startPayments } from '../src/payments/payments.ts'
import type { Payments } from '../src/payments/payments.ts'
import { waitUntil } from '../src/processes/wait-until.ts'
import { temporaryFolder } from './folder.ts'

const apiKey = 'test-api-key-0123456789'
const secret = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`
const goodCard = { cardNumber: '4242 4242 4242 4242', expiry: '12 / 99', cvc: '123', name: 'Rosie' }

test('a paid checkout leads to the success page and one signed notice, repeated until it is accepted', async () => {
  await using world = await startWorld({ refuseFirst: 2 })
  const { id, url } = await openCheckout(world)
  expect(await (await fetch(url)).text()).toContain('€24.00')
  const paid = await submit(`${url}/pay`, goodCard)
  expect([paid.status, paid.headers.get('location')]).toEqual([303, 'http://localhost:1/done'])
  const notices = await world.notices(3)
  expect(new Set(notices.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  const { headers, body } = notices[2]!
  expect(headers['webhook-signature']).toBe(`v1,${sign(headers, body)}`)
  expect(JSON.parse(body)).toMatchObject({
    id: headers['webhook-id'],
    type: 'payment.succeeded',
    data: { sessionId: id, reference: 'order-1', amountMinor: 2400, currency: 'EUR', refundedMinor: 0 },
  })
  expect((await submit(`${url}/pay`, goodCard)).status).toBe(303)
  expect(await world.notices(3)).toHaveLength(3)
})

test('a declined card leaves the checkout open, says so, and announces the failure', async () => {
  await using world = await startWorld()
  const { url } = await openCheckout(world)
  const declined = await submit(`${url}/pay`, { ...goodCard, cardNumber: '4000 0000 0000 0002' })
  expect(declined.status).toBe(422)
  expect(await declined.text()).toContain('The bank declined this card')
  expect(JSON.parse((await world.notices(1))[0]!.body).type).toBe('payment.failed')
  expect((await submit(`${url}/pay`, goodCard)).status).toBe(303)
})

test('a form filled in wrongly is answered field by field, and no card number is shown again or kept', async () => {
  await using world = await startWorld()
  const { url } = await openCheckout(world)
  const wrong = await submit(`${url}/pay`, {
    cardNumber: '4242 4242 4242 4241',
    expiry: '01/20',
    cvc: 'x',
    name: '',
  })
  const page = await wrong.text()
  expect([...page.matchAll(/id="(\w+)-error"/g)].map((match) => match[1])).toEqual([
    'cardNumber',
    'expiry',
    'cvc',
    'name',
  ])
  expect(page).not.toContain('4241')
  await submit(`${url}/pay`, goodCard)
  await world.notices(1)
  expect(readFileSync(world.dataFile, 'utf8')).not.toContain('4242')
})

test('a refund is announced with the sum given back so far and can never exceed what was paid', async () => {
  await using world = await startWorld()
  const { id, url } = await openCheckout(world)
  const refund = (paymentId: string, amountMinor?: number) =>
    api(world, 'POST', `/v1/payments/${paymentId}/refunds`, { amountMinor })
  const { paymentId } = (await (await api(world, 'GET', `/v1/checkout_sessions/${id}`)).json()) as {
    paymentId: string
  }
  expect((await refund(paymentId)).status).toBe(409)
  await submit(`${url}/pay`, goodCard)
  expect((await refund(paymentId, 400)).status).toBe(201)
  expect((await refund(paymentId, 2001)).status).toBe(409)
  const rest = await submit(`${world.payments.url}/dashboard/payments/${paymentId}/refund`, {})
  expect(rest.status).toBe(303)
  const sums = (await world.notices(3))
    .map(({ body }) => JSON.parse(body))
    .map(({ type, data }) => [type, data.refundedMinor])
  expect(sums.toSorted()).toEqual([
    ['payment.refunded', 2400],
    ['payment.refunded', 400],
    ['payment.succeeded', 0],
  ])
})

test('cancelling leads back and charges nothing', async () => {
  await using world = await startWorld()
  const { url } = await openCheckout(world)
  const cancelled = await submit(`${url}/cancel`, {})
  expect(cancelled.headers.get('location')).toBe('http://localhost:1/back')
  expect(await (await submit(`${url}/pay`, goodCard)).text()).toContain('This checkout was cancelled')
})

test('the API wants its key, tells what is wrong with a request, and answers a repeated one alike', async () => {
  await using world = await startWorld()
  const opened = await openCheckout(world, 'key-1')
  expect(await openCheckout(world, 'key-1')).toEqual(opened)
  expect((await openCheckout(world, 'key-2')).id).not.toBe(opened.id)
  const refused = await fetch(`${world.payments.url}/v1/checkout_sessions`, { method: 'POST', body: '{}' })
  expect(refused.status).toBe(401)
  const bad = await api(world, 'POST', '/v1/checkout_sessions', { reference: 'x', amountMinor: 1.5 })
  expect(bad.status).toBe(400)
  expect(await bad.text()).toContain('amountMinor')
})

test('a notice nobody accepted yet is sent after a restart', async () => {
  await using world = await startWorld({ refuseFirst: 1, firstRetryMs: 60_000 })
  const { url } = await openCheckout(world)
  await submit(`${url}/pay`, goodCard)
  const [first] = await world.notices(1)
  await world.restart()
  const [, second] = await world.notices(2)
  expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id'])
})

/** The provider, and a merchant that takes its notices and refuses the first ones. */
async function startWorld(options: { refuseFirst?: number; firstRetryMs?: number } = {}): Promise<World> {
  const folder = temporaryFolder()
  const received: Notice[] = []
  const merchant = createServer(async (request, response) => {
    received.push({ headers: request.headers, body: await text(request) })
    response.writeHead(received.length <= (options.refuseFirst ?? 0) ? 503 : 204).end()
  })
  await new Promise<void>((resolve) => merchant.listen(0, '127.0.0.1', resolve))
  const dataFile = join(folder.path, 'payments.json')
  const config = {
    HTTP_PORT: 0,
    DATA_FILE: dataFile,
    PAYMENT_API_KEY: apiKey,
    PAYMENT_WEBHOOK_SECRET: secret,
  }
  const start = () => startPayments(config, { firstRetryMs: options.firstRetryMs ?? 5 })
  const world: World = {
    payments: await start(),
    dataFile,
    webhookUrl: `http://127.0.0.1:${(merchant.address() as AddressInfo).port}/hook`,
    notices: (count) => waitUntil(`notice ${count}`, () => received.length >= count && received),
    async restart() {
      await world.payments.stop()
      world.payments = await start()
    },
    async [Symbol.asyncDispose]() {
      await world.payments.stop()
      merchant.close()
      folder[Symbol.dispose]()
    },
  }
  return world
}

async function openCheckout(world: World, idempotencyKey?: string): Promise<{ id: string; url: string }> {
  const answer = await api(
    world,
    'POST',
    '/v1/checkout_sessions',
    {
      reference: 'order-1',
      description: 'Candor Starter, one month',
      amountMinor: 2400,
      currency: 'EUR',
      successUrl: 'http://localhost:1/done',
      cancelUrl: 'http://localhost:1/back',
      webhookUrl: world.webhookUrl,
    },
    idempotencyKey ? { 'idempotency-key': idempotencyKey } : {},
  )
  expect(answer.status).toBe(201)
  return answer.json() as Promise<{ id: string; url: string }>
}

function api(world: World, method: string, path: string, body?: object, headers = {}): Promise<Response> {
  return fetch(`${world.payments.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json', ...headers },
    body: body && JSON.stringify(body),
  })
}

function submit(url: string, form: Record<string, string>): Promise<Response> {
  return fetch(url, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' })
}

function sign(headers: IncomingHttpHeaders, body: string): string {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  return createHmac('sha256', key)
    .update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`)
    .digest('base64')
}

interface Notice {
  headers: IncomingHttpHeaders
  body: string
}

interface World extends AsyncDisposable {
  payments: Payments
  readonly dataFile: string
  readonly webhookUrl: string
  notices(count: number): Promise<Notice[]>
  restart(): Promise<void>
}
