import { randomUUID } from 'node:crypto'
import type { ChatRouter } from '@candor/contracts/chat'
import type { Role } from '@candor/contracts/callers'
import { identity } from '@candor/contracts/identity'
import { consentChanged } from '@candor/contracts/privacy/events'
import type { ConsentPurpose } from '@candor/contracts/policy/categories'
import type { Policies } from '@candor/service/policies'
import { createLifecycle } from '@candor/runtime/lifecycle'
import { createLogger } from '@candor/runtime/logger'
import { movableClock } from '@candor/testing/movable-clock'
import { standIn } from '@candor/testing/stand-in'
import { createTestDatabase } from '@candor/testing/test-database'
import { startTestNats } from '@candor/testing/test-nats'
import { testTokens } from '@candor/testing/test-tokens'
import { jetstream } from '@nats-io/jetstream'
import { createTRPCClient, httpLink, httpSubscriptionLink, splitLink } from '@trpc/client'
import { EventSource } from 'eventsource'
import { z } from 'zod'
import { startChat } from '../src/service.ts'
import { migrations } from '../src/migrations/list.ts'

/** The chat service on real PostgreSQL and NATS; identity answers names only. */
export async function startTestChat(
  options: { conversationsPerHourMax?: number; policies?: Policies; smtpUrl?: string } = {},
) {
  const stack = new AsyncDisposableStack()
  // Businesses that are written to, by the name before the @.
  const mailed = new Map<string, typeof shop & { id: string; widgetKey: string }>()
  const log = createLogger({ service: 'chat', level: process.env.TEST_LOG ?? 'silent' })
  const clock = movableClock()
  const tokens = await testTokens(clock)
  const database = stack.use(await createTestDatabase({ service: 'chat', migrations }))
  const nats = stack.use(await startTestNats())
  stack.use(
    standIn(await nats.connect('identity'), identity, {
      getStaffNames: async ({ userIds }) =>
        userIds.map((userId) => ({ userId, name: `Agent ${userId.slice(-4)}` })),
      // Here a business is named by its widget key.
      findBusiness: async ({ widgetKey, slug, tenantId }) =>
        slug
          ? (mailed.get(slug) ?? null)
          : tenantId
            ? ([...mailed.values()].find(({ id }) => id === tenantId) ?? null)
            : widgetKey && z.uuid().safeParse(widgetKey).success
              ? { ...shop, id: widgetKey, widgetKey }
              : null,
    }),
  )
  const config = {
    NODE_ENV: 'test' as const,
    LOG_LEVEL: 'silent' as const,
    DATABASE_URL: database.appUrl,
    DATABASE_POOL_SIZE: 10,
    NATS_URL: nats.url,
    NATS_SEED: nats.seeds.chat,
    HTTP_PORT: 0,
    OPERATIONS_PORT: 0,
    PUBLIC_URL: 'http://localhost',
    SWEEP_EVERY_MS: 500,
    CLOCK_OFFSET_MS: 0,
    DRAIN_AFTER_MS: 0,
    CONVERSATIONS_PER_HOUR_MAX: options.conversationsPerHourMax ?? 20,
    ...(options.smtpUrl && {
      MAIL_DOMAIN: 'in.example.com',
      MAIL_PORT: 0,
      SMTP_URL: options.smtpUrl,
      MAIL_FROM: 'Candor <no-reply@example.com>',
    }),
  }
  const replica = async () => {
    const lifecycle = createLifecycle(log)
    stack.defer(() => lifecycle.stop())
    const { httpPort, mailPort } = await startChat(lifecycle, config, log, {
      clock,
      verifyToken: tokens.verifyToken,
      policies: options.policies,
    })
    return { url: `http://127.0.0.1:${httpPort}/trpc/chat`, mailPort, stop: () => lifecycle.stop() }
  }
  const first = await replica()
  const as = (token?: string, url = first.url, extra: Record<string, string> = {}) =>
    client(url, token, extra)
  const visitorToken = (tenantId: string, visitorId: string) =>
    tokens.sign({ kind: 'visitor', tenant: tenantId, sub: visitorId, session: randomUUID() }, 36_000)
  return {
    clock,
    database,
    nats,
    replica,
    url: first.url,
    mailPort: first.mailPort!,
    openMailbox: (slug: string, tenantId: string) =>
      void mailed.set(slug, { ...shop, slug, id: tenantId, widgetKey: tenantId }),
    stop: first.stop,
    visitor: async (
      tenantId: string,
      visitorId = randomUUID(),
      url?: string,
      headers: Record<string, string> = {},
    ) => as(await visitorToken(tenantId, visitorId), url, headers),
    visitorToken,
    /** Privacy tells what a visitor agreed to, or no longer does. */
    async tellConsent(tenantId: string, visitorId: string, given: ConsentPurpose[]) {
      const envelope = {
        id: randomUUID(),
        type: 'privacy.consent-changed',
        tenantId,
        streamKey: visitorId,
        subjectId: visitorId,
        occurredAt: clock.now().toISOString(),
        traceparent: null,
        payload: { holder: 'visitor', given },
      }
      const told = jetstream(await nats.connect('privacy'))
      await told.publish(consentChanged.subject, JSON.stringify(envelope), { msgID: envelope.id })
    },
    anyone: (headers: Record<string, string> = {}) => as(undefined, first.url, headers),
    staff: async (tenantId: string, userId = randomUUID(), role: Role = 'agent', url?: string) =>
      as(
        await tokens.sign(
          { kind: 'staff', tenant: tenantId, sub: userId, session: randomUUID(), role },
          36_000,
        ),
        url,
      ),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

export type TestChat = Awaited<ReturnType<typeof startTestChat>>

const shop = { name: 'Shop', slug: 'shop', country: 'DE' }

function client(url: string, token: string | undefined, extra: Record<string, string>) {
  const headers = token === undefined ? extra : { ...extra, authorization: `Bearer ${token}` }
  return createTRPCClient<ChatRouter>({
    links: [
      splitLink({
        condition: (op) => op.type === 'subscription',
        true: httpSubscriptionLink({
          url,
          EventSource,
          eventSourceOptions: {
            fetch: (input, init) => fetch(input, { ...init, headers: { ...init.headers, ...headers } }),
          },
        }),
        false: httpLink({ url, headers }),
      }),
    ],
  })
}
