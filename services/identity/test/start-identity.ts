import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { IdentityRouter } from '@candor/contracts/identity'
import { startMailSink } from '@candor/local/mail-sink/mail-sink'
import { createLifecycle } from '@candor/runtime/lifecycle'
import { createLogger } from '@candor/runtime/logger'
import { movableClock } from '@candor/testing/movable-clock'
import { settle } from '@candor/testing/settle'
import { createTestDatabase } from '@candor/testing/test-database'
import { startTestNats } from '@candor/testing/test-nats'
import { createTRPCClient, httpLink } from '@trpc/client'
import pg from 'pg'
import type { Config } from '../src/config.ts'
import { migrations } from '../src/migrations/list.ts'
import { startIdentity } from '../src/service.ts'

/** The identity service on real PostgreSQL and NATS, with a mail server behind it. */
export async function startTestIdentity(
  settings: Partial<Config> = {},
  overrides: Parameters<typeof startIdentity>[3] = {},
) {
  const stack = new AsyncDisposableStack()
  const log = createLogger({ service: 'identity', level: process.env.TEST_LOG ?? 'silent' })
  const clock = movableClock()
  const database = stack.use(await createTestDatabase({ service: 'identity', migrations }))
  const nats = stack.use(await startTestNats())
  const folder = await mkdtemp(join(tmpdir(), 'candor-test-mail-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  const mail = await startMailSink({ folder })
  stack.defer(() => mail.stop())
  const superuser = new pg.Pool({ connectionString: database.superuserUrl, max: 2 })
  stack.defer(() => superuser.end())

  const config: Config = {
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    DATABASE_URL: database.appUrl,
    DATABASE_POOL_SIZE: 10,
    NATS_URL: nats.url,
    NATS_SEED: nats.seeds.identity,
    HTTP_PORT: 0,
    OPERATIONS_PORT: 0,
    PUBLIC_URL: 'https://candor.test',
    SWEEP_EVERY_MS: 500,
    CLOCK_OFFSET_MS: 0,
    DRAIN_AFTER_MS: 0,
    SMTP_URL: mail.smtpUrl,
    MAIL_FROM: 'Candor <no-reply@candor.test>',
    SEALING_KEY: randomBytes(32),
    BUSINESSES: 'many',
    SIGN_UPS_PER_HOUR_MAX: 1_000,
    VISITOR_SESSIONS_PER_HOUR_MAX: 1_000,
    INVITATIONS_PER_HOUR_MAX: 1_000,
    WRONG_PASSWORDS_PER_EMAIL_FREE: 5,
    WRONG_PASSWORDS_PER_REMOTE_FREE: 1_000,
    ...settings,
  }
  async function replica() {
    const lifecycle = createLifecycle(log)
    stack.defer(() => lifecycle.stop())
    const { httpPort, operationsPort } = await startIdentity(lifecycle, config, log, { clock, ...overrides })
    const url = `http://127.0.0.1:${httpPort}/trpc/identity`
    return { url, client: identityClient(url), operationsUrl: `http://127.0.0.1:${operationsPort}` }
  }
  const [first, second] = await Promise.all([replica(), replica()])

  const anyone = first.client
  return {
    clock,
    nats,
    database,
    anyone,
    /** The other replica. */
    elsewhere: second.client,
    replica,
    as: ({ accessToken }: { accessToken: string }) =>
      identityClient(first.url, { authorization: `Bearer ${accessToken}` }),
    from: (remoteAddress: string) => identityClient(first.url, { 'x-forwarded-for': remoteAddress }),
    signUp: (company = 'Harbour Bikes') =>
      anyone.signUp.mutate({
        name: 'Olga',
        email: `${randomUUID()}@bikes.test`,
        country: 'DE',
        company,
        password,
      }),
    /** Asks as PostgreSQL's superuser, past every policy. */
    query: async (text: string, values: unknown[] = []) => (await superuser.query(text, values)).rows,
    /** The newest mail to an address, once it is there. */
    mailTo: (address: string) =>
      settle(() => {
        const found = mail.messages.find((message) => message.to.includes(address))
        if (!found) throw new Error(`no mail to ${address}`)
        return found
      }),
    /** A counter or gauge of the first replica, summed over its labels that match. */
    async metric(pattern: RegExp): Promise<number> {
      const text = await (await fetch(`${first.operationsUrl}/metrics`)).text()
      return text
        .split('\n')
        .filter((line) => pattern.test(line))
        .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

export const password = 'wind over grey water'

export function identityClient(url: string, headers: Record<string, string> = {}) {
  return createTRPCClient<IdentityRouter>({ links: [httpLink({ url, headers })] })
}

/** The token behind `#token=` in a letter. */
export function tokenIn(text: string): string {
  return /#token=([\w-]+)/.exec(text)![1]!
}

export function refusal(reason: string) {
  return { data: { reason } }
}

export type TestIdentity = Awaited<ReturnType<typeof startTestIdentity>>
