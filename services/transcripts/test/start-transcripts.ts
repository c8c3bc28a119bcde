import { randomUUID } from 'node:crypto'
import { chat } from '@candor/contracts/chat'
import type { ConversationRecord, Message } from '@candor/contracts/chat/schemas'
import type { Channel } from '@candor/contracts/policy/categories'
import type { EventType, PayloadOf } from '@candor/contracts/event'
import type { ServiceName } from '@candor/contracts/callers'
import { identity } from '@candor/contracts/identity'
import { transcripts } from '@candor/contracts/transcripts'
import type { TranscriptsRouter } from '@candor/contracts/transcripts'
import { createServiceClient } from '@candor/rpc/service-client'
import { readConfig } from '@candor/runtime/config'
import { createLifecycle } from '@candor/runtime/lifecycle'
import { createLogger } from '@candor/runtime/logger'
import type { Policies } from '@candor/service/policies'
import { movableClock } from '@candor/testing/movable-clock'
import { settle } from '@candor/testing/settle'
import { standIn } from '@candor/testing/stand-in'
import { createTestDatabase } from '@candor/testing/test-database'
import { startTestNats } from '@candor/testing/test-nats'
import { testTokens } from '@candor/testing/test-tokens'
import { jetstream } from '@nats-io/jetstream'
import { createTRPCClient, httpLink } from '@trpc/client'
import pg from 'pg'
import type { z } from 'zod'
import { Config } from '../src/config.ts'
import { migrations } from '../src/migrations/list.ts'
import { startTranscripts } from '../src/service.ts'
import { startMailbox } from './mailbox.ts'

/** The service on a real database, broker and mail server, with chat and identity answered from `world`. */
export async function startTestTranscripts(options: { policies?: Policies } = {}) {
  await using stack = new AsyncDisposableStack()
  const database = stack.use(await createTestDatabase({ service: 'transcripts', migrations }))
  const nats = stack.use(await startTestNats())
  const mailbox = stack.use(await startMailbox())
  const clock = movableClock('2026-11-21T12:00:00.000Z')
  const tokens = await testTokens(clock)
  const sql = stack.adopt(new pg.Pool({ connectionString: database.superuserUrl, max: 2 }), (pool) =>
    pool.end(),
  )
  const world: World = { records: new Map(), staffNames: new Map(), businesses: new Map() }
  const [asChat, asIdentity, asPrivacy] = [
    await nats.connect('chat'),
    await nats.connect('identity'),
    await nats.connect('privacy'),
  ]
  stack.use(
    standIn(asIdentity, identity, {
      findBusiness: async ({ tenantId }) => {
        const known = world.businesses.get(tenantId ?? '')
        return known ? { id: tenantId!, country: 'GB', widgetKey: 'key', ...known } : null
      },
      getStaffNames: async ({ userIds }) =>
        userIds.flatMap((userId) =>
          world.staffNames.has(userId) ? [{ userId, name: world.staffNames.get(userId)! }] : [],
        ),
    }),
  )
  const openChat = () =>
    standIn(asChat, chat, {
      getConversationRecord: async ({ tenantId, conversationId }) => {
        const found = world.records.get(conversationId)
        return found?.tenantId === tenantId ? found.record : null
      },
    })
  let chatStandIn = openChat()
  stack.defer(() => chatStandIn[Symbol.asyncDispose]())

  const log = createLogger({ service: 'transcripts', level: 'silent' })
  const config = readConfig(Config, {
    DATABASE_URL: database.appUrl,
    NATS_URL: nats.url,
    NATS_SEED: nats.seeds.transcripts,
    HTTP_PORT: '0',
    OPERATIONS_PORT: '0',
    PUBLIC_URL: 'http://candor.test',
    SMTP_URL: mailbox.url,
    MAIL_FROM: 'Candor <no-reply@candor.test>',
    SWEEP_EVERY_MS: '500',
  })
  const start = async () => {
    const lifecycle = createLifecycle(log)
    const ports = await startTranscripts(lifecycle, config, log, {
      clock,
      verifyToken: tokens.verifyToken,
      policies: options.policies,
    })
    return { lifecycle, ...ports }
  }
  let running = await start()
  stack.defer(() => running.lifecycle.stop())

  const owned = stack.move()
  return {
    database,
    mailbox,
    clock,
    world,
    sql,
    /** Asks as another service over NATS. */
    asPrivacy: createServiceClient(transcripts, { nats: asPrivacy, self: 'privacy' }),
    staff: async (tenantId: string) =>
      connect(
        running.httpPort,
        await tokens.sign({
          kind: 'staff',
          tenant: tenantId,
          sub: randomUUID(),
          session: randomUUID(),
          role: 'agent',
        }),
      ),
    visitor: async (tenantId: string, visitorId: string) =>
      connect(
        running.httpPort,
        await tokens.sign({ kind: 'visitor', tenant: tenantId, sub: visitorId, session: randomUUID() }),
      ),
    async restart() {
      await running.lifecycle.stop()
      running = await start()
    },
    closeChat: () => chatStandIn[Symbol.asyncDispose](),
    openChat: () => void (chatStandIn = openChat()),
    /** Announces as the source would. The same `id` again is the same event delivered again. */
    async announce<S extends ServiceName, N extends string, P extends z.ZodType>(
      event: EventType<S, N, P>,
      payload: PayloadOf<EventType<S, N, P>>,
      facts: { tenantId: string; subjectId?: string; id?: string },
    ): Promise<string> {
      const { id = randomUUID(), tenantId, subjectId = null } = facts
      const envelope = {
        id,
        type: `${event.source}.${event.name}`,
        tenantId,
        streamKey: tenantId,
        subjectId,
        occurredAt: clock.now().toISOString(),
        traceparent: null,
        payload,
      }
      const source = event.source === 'identity' ? asIdentity : asChat
      await jetstream(source).publish(event.subject, JSON.stringify(envelope), { msgID: randomUUID() })
      return id
    },
    /** Waits until the event has been handled, and answers how. */
    handled: (eventId: string) =>
      settle(async () => {
        const { rows } = await sql.query('select outcome from inbox where event_id = $1', [eventId])
        if (rows.length === 0) throw new Error('the event has not been handled')
        return rows[0].outcome as string
      }),
    /** Waits until no letter is due, and answers how many have arrived. */
    lettersSent: () =>
      settle(async () => {
        const { rows } = await sql.query('select from mail_schedule')
        if (rows.length > 0) throw new Error('letters are on their way')
        return mailbox.letters.length
      }),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

/** A business with a closed conversation of `texts`, visitor first and then by turns, known to chat but not archived. */
export function addConversation(world: World, given: Given = {}) {
  const tenantId = given.tenantId ?? randomUUID()
  const visitorId = given.visitorId ?? randomUUID()
  const agentId = given.agentId ?? randomUUID()
  const conversationId = randomUUID()
  const {
    name = 'Anna Example',
    email = 'anna@example.com',
    texts = ['Hello, is anybody there?', 'Yes, how can we help?'],
  } = given
  const at = given.startedAt ?? '2026-11-21T10:00:00.000Z'
  const closedAt = given.closedAt === undefined ? '2026-11-21T11:00:00.000Z' : given.closedAt
  if (!world.businesses.has(tenantId))
    world.businesses.set(tenantId, { name: 'Harbour Books', slug: 'harbour-books' })
  if (!world.staffNames.has(agentId)) world.staffNames.set(agentId, 'Sam Staff')
  const record: ConversationRecord = {
    conversationId,
    visitorId,
    channel: given.channel ?? 'chat',
    status: closedAt ? 'closed' : 'open',
    contact: { id: given.contactId ?? randomUUID(), name, email },
    startedAt: at,
    closedAt,
    messages: texts.map((text, index) => ({
      id: randomUUID(),
      conversationId,
      seq: index + 1,
      author:
        index % 2 === 0
          ? { kind: 'visitor', name }
          : { kind: 'staff', userId: agentId, name: world.staffNames.get(agentId)! },
      text,
      notice: text === '' ? 'taken' : null,
      clientMessageId: randomUUID(),
      createdAt: new Date(Date.parse(at) + index * 60_000).toISOString(),
    })) satisfies Message[],
  }
  world.records.set(conversationId, { tenantId, record })
  return { tenantId, visitorId, agentId, conversationId, contactId: record.contact.id, record }
}

function connect(port: number, token: string) {
  const headers = { authorization: `Bearer ${token}` }
  return createTRPCClient<TranscriptsRouter>({
    links: [httpLink({ url: `http://127.0.0.1:${port}/trpc/transcripts`, headers })],
  })
}

export type TestTranscripts = Awaited<ReturnType<typeof startTestTranscripts>>

interface World {
  records: Map<string, { tenantId: string; record: ConversationRecord }>
  staffNames: Map<string, string>
  businesses: Map<string, { name: string; slug: string }>
}

interface Given {
  tenantId?: string
  visitorId?: string
  agentId?: string
  contactId?: string
  channel?: Channel
  name?: string | null
  email?: string | null
  /** By turns the visitor's and the agent's; an empty one says that the agent joined. */
  texts?: string[]
  startedAt?: string
  closedAt?: string | null
}
