import { randomBytes, randomUUID } from 'node:crypto'
import type { Role, ServiceName } from '@candor/contracts/callers'
import type { PrivacyRouter } from '@candor/contracts/privacy'
import type { Policies } from '@candor/service/policies'
import { createLifecycle } from '@candor/runtime/lifecycle'
import { createLogger } from '@candor/runtime/logger'
import { movableClock } from '@candor/testing/movable-clock'
import { settle } from '@candor/testing/settle'
import { createTestDatabase } from '@candor/testing/test-database'
import { startTestNats } from '@candor/testing/test-nats'
import { testTokens } from '@candor/testing/test-tokens'
import { createTRPCClient, httpLink } from '@trpc/client'
import type { CreateTRPCClient } from '@trpc/client'
import pg from 'pg'
import type { RequestDetails, RequestState } from '@candor/contracts/privacy/request-shapes'
import type { RequestKind } from '@candor/contracts/policy/policy'
import type { Config } from '../src/config.ts'
import { platform } from '../src/domain/requests/platform.ts'
import type { Rules } from '../src/domain/requests/rules.ts'
import { migrations } from '../src/migrations/list.ts'
import { startPrivacy } from '../src/service.ts'
import { startMailbox } from './mailbox.ts'
import { standardRules } from './standard-rules.ts'
import { startMemoryHolder } from './memory-holder.ts'
import type { MemoryHolder } from './memory-holder.ts'

/**
 * The privacy service on real PostgreSQL, NATS and SMTP. The four other services hold rows in memory and answer over
 * NATS; identity also knows the businesses `shop` and `rival`.
 */
export async function startTestPrivacy(options: TestOptions = {}) {
  const stack = new AsyncDisposableStack()
  const clock = movableClock(options.start)
  const tokens = await testTokens(clock)
  const database = stack.use(await createTestDatabase({ service: 'privacy', migrations }))
  const nats = stack.use(await startTestNats())
  const mailbox = stack.use(await startMailbox())
  const superuser = new pg.Pool({ connectionString: database.superuserUrl })
  stack.defer(() => superuser.end())

  const businesses = Object.fromEntries(
    ['shop', 'rival'].map((slug) => {
      const name = slug === 'shop' ? 'Shop & Sons' : 'Rival'
      return [slug, { id: randomUUID(), name, slug, country: 'DE', widgetKey: `key-${slug}` }]
    }),
  )
  const business = (slug: string) => businesses[slug]!
  const staffIds: { userId: string; role: Role; since: string }[] = []
  const accounts: { tenantId: string; userId: string; email: string; createdAt?: string }[] = []
  const openedAt = clock.now().toISOString()
  const endedAccounts: { tenantId: string; userIds: string[]; visitorIds: string[]; remove: boolean }[] = []
  const identityRows = {
    listStaffIds: async () => staffIds,
    findBusiness: async (sought: { tenantId?: string; slug?: string; widgetKey?: string }) =>
      Object.values(businesses).find(
        ({ id, slug, widgetKey }) =>
          id === sought.tenantId || slug === sought.slug || widgetKey === sought.widgetKey,
      ) ?? null,
    listStaffAddresses: async ({ tenantId = '' }) =>
      accounts
        .filter((account) => account.tenantId === tenantId)
        .map(({ userId, email, createdAt = openedAt }) => ({ userId, email, createdAt })),
    getOwnerAddress: async ({ tenantId }: { tenantId: string }) => {
      const { slug } = Object.values(businesses).find(({ id }) => id === tenantId)!
      return { userId: randomUUID(), name: 'Owner', email: `owner@${slug}.example` }
    },
    async endAccounts(ended: { tenantId: string; userIds: string[]; visitorIds: string[]; remove: boolean }) {
      endedAccounts.push(ended)
      return { ended: ended.userIds.length, keptOwner: false }
    },
    getJwks: async () => ({ keys: [tokens.publicKey] }),
    async issueSubjectToken({ tenantId, requestId }: { tenantId: string; requestId: string }) {
      const accessToken = await tokens.sign(
        { kind: 'subject', tenant: tenantId, sub: requestId },
        yearsSeconds,
      )
      return { accessToken, accessExpiresAt: clock.now().toISOString() }
    },
  }
  const holders = {} as Record<Exclude<ServiceName, 'privacy'>, MemoryHolder>
  for (const service of ['identity', 'chat', 'billing', 'transcripts'] as const) {
    const rows = { ...(service === 'identity' ? identityRows : {}), ...options.rows?.[service] }
    holders[service] = startMemoryHolder(service, await nats.connect(service), rows)
    stack.defer(() => holders[service].leave())
  }

  const rules: Rules = structuredClone(standardRules)
  const config: Config = {
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    DATABASE_URL: database.appUrl,
    DATABASE_POOL_SIZE: 10,
    NATS_URL: nats.url,
    NATS_SEED: nats.seeds.privacy,
    HTTP_PORT: 0,
    OPERATIONS_PORT: 0,
    PUBLIC_URL: 'http://localhost:8080',
    SWEEP_EVERY_MS: 500,
    CLOCK_OFFSET_MS: 0,
    DRAIN_AFTER_MS: 0,
    SMTP_URL: mailbox.url,
    MAIL_FROM: 'Candor <no-reply@candor.localhost>',
    SEALING_KEY: randomBytes(32),
    REQUESTS_PER_HOUR_REMOTE_MAX: 1_000,
    REQUESTS_PER_HOUR_ADDRESS_MAX: 1_000,
    HOLDER_TIMEOUT_MS: 1_000,
    SAGA_POLL_MS: 50,
    ...options.limits,
  }
  const log = createLogger({ service: 'privacy', level: process.env.TEST_LOG ?? 'silent' })
  const startReplica = async () => {
    const lifecycle = createLifecycle(log)
    stack.defer(() => lifecycle.stop())
    const ports = await startPrivacy(lifecycle, config, log, {
      clock,
      verifyToken: tokens.verifyToken,
      policies: options.policies,
      rulesOf: options.policies ? undefined : async () => rules,
    })
    return { ...ports, stop: () => lifecycle.stop() }
  }

  let replica = await startReplica()
  const as = (token?: string, headers: Record<string, string> = {}): Client =>
    createTRPCClient<PrivacyRouter>({
      links: [
        httpLink({
          url: `http://127.0.0.1:${replica.httpPort}/trpc/privacy`,
          headers: token === undefined ? headers : { ...headers, authorization: `Bearer ${token}` },
        }),
      ],
    })
  return {
    clock,
    config,
    mailbox,
    holders,
    staffIds,
    nats,
    database,
    business,
    url: () => `http://127.0.0.1:${replica.httpPort}`,
    accounts,
    endedAccounts,
    rules,
    as,
    startReplica,
    stop: () => replica.stop(),
    async restart() {
      await replica.stop()
      replica = await startReplica()
    },
    query: async (text: string, values: unknown[] = []) => (await superuser.query(text, values)).rows,
    metrics: async () => (await fetch(`http://127.0.0.1:${replica.operationsPort}/metrics`)).text(),
    ownerToken: (slug: string) =>
      tokens.sign(
        {
          kind: 'staff',
          tenant: business(slug).id,
          sub: randomUUID(),
          session: randomUUID(),
          role: 'owner',
        },
        36_000,
      ),
    async staff(
      slug: string,
      role: Role,
      userId = randomUUID(),
      headers: Record<string, string> = {},
      more: { unbriefed?: true } = {},
    ) {
      const claims = {
        kind: 'staff',
        tenant: business(slug).id,
        sub: userId,
        session: randomUUID(),
        role,
        ...more,
      } as const
      return as(await tokens.sign(claims, yearsSeconds), headers)
    },
    /** A visitor of a business's site, and what their browser sends along. */
    async visitor(slug: string, options: { id?: string; headers?: Record<string, string> } = {}) {
      const id = options.id ?? randomUUID()
      const claims = { kind: 'visitor', tenant: business(slug).id, sub: id, session: randomUUID() } as const
      return { id, client: as(await tokens.sign(claims, 36_000), options.headers) }
    },
    /** The token of somebody who proved an address to everybody. */
    platformToken: (requestId: string) =>
      tokens.sign({ kind: 'subject', tenant: platform.id, sub: requestId }, 36_000),
    subject: async (requestId: string, slug = 'shop') =>
      as(await tokens.sign({ kind: 'subject', tenant: business(slug).id, sub: requestId }, yearsSeconds)),
    /** Opens a request and follows the mailed link; without a business, for all of them. */
    async prove(
      kind: RequestKind,
      email: string,
      slug: string | null = 'shop',
      details: RequestDetails = {},
    ) {
      const asked = { ...details, ...(slug === null ? {} : { business: slug }), kind, email }
      const { id } = await as().openRequest.mutate(asked)
      const { proof } = await mailbox.readProof(id)
      const { accessToken, request } = await as().proveIdentity.mutate({ requestId: id, proof })
      return { token: accessToken, client: as(accessToken), request }
    },
    /** Waits until a request is in a state. */
    reached: (client: Client, requestId: string, state: RequestState) =>
      settle(async () => {
        const request = await client.getRequest.query({ requestId })
        if (request.state === state) return request
        throw new Error(`the request is ${request.state}`)
      }),
    /** Waits until a request is completed. Business time passes by `passMs` between looks, for retries to come due. */
    completed: (client: Client, requestId: string, passMs = 100) =>
      settle(async () => {
        const request = await client.getRequest.query({ requestId })
        if (request.state === 'completed') return request
        clock.advance(passMs)
        throw new Error(`the request is ${request.state}: ${JSON.stringify(request.progress)}`)
      }),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

interface TestOptions {
  start?: string
  limits?: Partial<Config>
  /** What the others answer beside the data-holder rows. */
  rows?: Partial<Record<ServiceName, object>>
  policies?: Policies
}

type Client = CreateTRPCClient<PrivacyRouter>
export type TestPrivacy = Awaited<ReturnType<typeof startTestPrivacy>>

/** Longer than any test moves its clock. */
const yearsSeconds = 3 * 366 * 86_400

/** The reason with which a call was refused. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call
  } catch (err) {
    return (err as { data?: { reason?: string } }).data?.reason ?? String(err)
  }
  throw new Error('the call was not refused')
}
