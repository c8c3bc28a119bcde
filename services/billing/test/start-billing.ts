import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BillingRouter } from '@candor/contracts/billing'
import type { BillingDetails } from '@candor/contracts/billing/schemas'
import type { Role } from '@candor/contracts/callers'
import type { AnyEvent, PayloadOf } from '@candor/contracts/event'
import { startPayments } from '@candor/local/payments/payments'
import { freePorts } from '@candor/local/processes/free-port'
import { readConfig } from '@candor/runtime/config'
import { createLifecycle } from '@candor/runtime/lifecycle'
import { createLogger } from '@candor/runtime/logger'
import { movableClock } from '@candor/testing/movable-clock'
import { createTestDatabase } from '@candor/testing/test-database'
import { startTestNats } from '@candor/testing/test-nats'
import { testTokens } from '@candor/testing/test-tokens'
import { createTRPCClient, httpLink } from '@trpc/client'
import pg from 'pg'
import { Config } from '../src/config.ts'
import { migrations } from '../src/migrations/list.ts'
import { sandboxProvider } from '../src/providers/sandbox.ts'
import { startBilling } from '../src/service.ts'
import { createNotices } from './notices.ts'
import { outgoingTo } from './outgoing-to.ts'

const apiKey = 'test-api-key-0123456789'
const webhookSecret = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`

/** What the provider signed by until our secret was exchanged. */
export const previousWebhookSecret = Buffer.from('fedcba9876543210fedcba9876543210')

/**
 * The billing service on real PostgreSQL and NATS, with the sandbox payment provider beside it. The provider signs with
 * the time of day; where `start` moves the clock elsewhere, only notices that the test sends itself are fresh.
 */
export async function startTestBilling(options: { start?: string } = {}) {
  const stack = new AsyncDisposableStack()
  const log = createLogger({ service: 'billing', level: process.env.TEST_LOG ?? 'silent' })
  const clock = movableClock(options.start)
  const tokens = await testTokens(clock)
  const database = stack.use(await createTestDatabase({ service: 'billing', migrations }))
  const nats = stack.use(await startTestNats())
  const payments = await startSandbox(stack)
  const [httpPort = 0] = await freePorts(1)
  const url = `http://127.0.0.1:${httpPort}`
  const config = readConfig(Config, {
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    DATABASE_URL: database.appUrl,
    NATS_URL: nats.url,
    NATS_SEED: nats.seeds.billing,
    HTTP_PORT: String(httpPort),
    OPERATIONS_PORT: '0',
    PUBLIC_URL: url,
    PAYMENT_API_URL: payments.url,
    PAYMENT_API_KEY: apiKey,
    PAYMENT_WEBHOOK_SECRET: webhookSecret,
    PAYMENT_WEBHOOK_SECRET_PREVIOUS: `whsec_${previousWebhookSecret.toString('base64')}`,
  })
  const lifecycle = createLifecycle(log)
  stack.defer(() => lifecycle.stop())
  const { operationsPort } = await startBilling(lifecycle, config, log, {
    clock,
    verifyToken: tokens.verifyToken,
  })
  const pool = new pg.Pool({ connectionString: database.superuserUrl, max: 2 })
  stack.defer(() => pool.end())

  return {
    url,
    clock,
    database,
    nats,
    payments,
    provider: sandboxProvider({
      apiUrl: payments.url,
      apiKey,
      webhookSecrets: [config.PAYMENT_WEBHOOK_SECRET],
      clock,
      outgoing: outgoingTo(payments.url),
    }),
    notices: createNotices({ url, clock, secret: config.PAYMENT_WEBHOOK_SECRET }),
    /** Rows as the superuser sees them, past row-level security. */
    rows: async (statement: string, values: unknown[] = []) => (await pool.query(statement, values)).rows,
    metrics: async () => (await fetch(`http://127.0.0.1:${operationsPort}/metrics`)).text(),
    staff: async (tenantId: string, role: Role = 'owner', userId: string = randomUUID()) => {
      const session = randomUUID()
      const token = await tokens.sign(
        { kind: 'staff', tenant: tenantId, sub: userId, session, role },
        400 * 86_400,
      )
      const headers = { authorization: `Bearer ${token}` }
      return createTRPCClient<BillingRouter>({ links: [httpLink({ url: `${url}/trpc/billing`, headers })] })
    },
    /** What the provider knows of a checkout, by the address a buyer is sent to. */
    session: async (checkoutUrl: string) => {
      const id = checkoutUrl.split('/').at(-1)
      const headers = { authorization: `Bearer ${apiKey}` }
      const response = await fetch(`${payments.url}/v1/checkout_sessions/${id}`, { headers })
      return (await response.json()) as { id: string; paymentId: string; amountMinor: number; status: string }
    },
    announce: async <E extends AnyEvent>(event: E, fact: AnnouncedFact<E>) => {
      const source = await nats.connect(event.source)
      const envelope = {
        id: fact.id ?? randomUUID(),
        type: `${event.source}.${event.name}`,
        tenantId: fact.tenantId,
        streamKey: fact.tenantId,
        subjectId: null,
        occurredAt: (fact.occurredAt ?? clock.now()).toISOString(),
        traceparent: null,
        payload: fact.payload,
      }
      source.publish(event.subject, JSON.stringify(envelope))
      await source.flush()
      await source.close()
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

export type TestBilling = Awaited<ReturnType<typeof startTestBilling>>

export const germanBuyer: BillingDetails = {
  company: 'Rosenhof GmbH',
  street: 'Gartenweg 3',
  postalCode: '20095',
  city: 'Hamburg',
  country: 'DE',
}

/** What a buyer does on the provider's page. */
export async function payByCard(checkoutUrl: string, cardNumber = '4242 4242 4242 4242'): Promise<Response> {
  const body = new URLSearchParams({ cardNumber, expiry: '12 / 99', cvc: '123', name: 'Rosa Buyer' })
  return fetch(`${checkoutUrl}/pay`, { method: 'POST', body, redirect: 'manual' })
}

async function startSandbox(stack: AsyncDisposableStack) {
  const folder = await mkdtemp(join(tmpdir(), 'candor-test-payments-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  const payments = await startPayments(
    {
      HTTP_PORT: 0,
      DATA_FILE: join(folder, 'payments.json'),
      PAYMENT_API_KEY: apiKey,
      PAYMENT_WEBHOOK_SECRET: webhookSecret,
    },
    { firstRetryMs: 25 },
  )
  stack.defer(() => payments.stop())
  return payments
}

interface AnnouncedFact<E extends AnyEvent> {
  id?: string
  tenantId: string
  occurredAt?: Date
  payload: PayloadOf<E>
}
