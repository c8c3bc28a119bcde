import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { ServiceName } from '@candor/contracts/callers'
import { billing } from '@candor/contracts/billing'
import { messagePosted } from '@candor/contracts/chat/events'
import { waitUntil } from '@candor/local/processes/wait-until'
import { createServiceClient } from '@candor/rpc/service-client'
import { jetstream } from '@nats-io/jetstream'
import pg from 'pg'
import { furnishTenant } from '../../derived/tenants.ts'
import { clientsOf } from '../../story/clients.ts'
import type { Platform } from '../platform/start-platform.ts'

/**
 * What happens by a fault or a theft alone: nonsense among the events, one that nobody can handle, a service that is stopped
 * while its database is away, an erasure from which one is, a broker that forgets what is new or loses all it has, a backup that forgot what was erased, a mail server that is away, keys that are gone.
 */
export async function doRareDeeds(platform: Platform): Promise<void> {
  await tellNonsense(platform)
  await stopAtWork(platform)
  await eraseWithout(platform)
  for (let times = 0; times < setBacks; times++) await setBack(platform)
  platform.broker.deleteStore()
  await alter(platform, 'chat', ['delete from erasure_reports', 'delete from ledger_position'])
  await alter(platform, 'privacy', [unwritten])
  await alter(platform, 'identity', ['delete from signing_keys'])
  await alter(platform, 'privacy', ['delete from signing_keys'])
  platform.lines.mail!.unplug()
  for (let times = 0; times < letters; times++)
    await furnishTenant({ url: platform.url }, newCanary()).catch(() => {})
  platform.lines.mail!.plugIn()
}

function newCanary(): string {
  return `rare${randomUUID().slice(0, 8)}`
}

/** Not everybody gets so far as to have one written while all of that goes on. */
const letters = 3

/** Two feeds notice, and whoever notices may die of it, before and after. */
const setBacks = 4

/** The broker forgets an erasure and the rules of businesses, which privacy had seen there. */
async function setBack(platform: Platform): Promise<void> {
  platform.broker.copyStore()
  await alter(platform, 'privacy', [erased, changed])
  await delay(noticedMs)
  platform.broker.rollBackStore()
  await delay(noticedMs)
}

/** Privacy looks every five seconds, and as often for what it has to tell. */
const noticedMs = 12_000

const erased = `
  insert into erasure_ledger (id, tenant_id, entry)
  select id, tenant, jsonb_build_object('id', id, 'tenantId', tenant, 'erasedAt', '2026-01-01T00:00:00.000Z', 'what', 'person',
    'visitors', '[]'::jsonb, 'users', '[]'::jsonb, 'addresses', '[]'::jsonb, 'endsAccount', false)
  from (select gen_random_uuid() as id, gen_random_uuid() as tenant) as nobody`

const changed = 'update rules_feed set revision = revision + 1'

/** An event that waits for a database is given back. */
async function stopAtWork({ broker, lines, children }: Platform): Promise<void> {
  const chat = await broker.connectAs('chat')
  lines['billing-postgres']!.unplug()
  const id = randomUUID()
  const event = { id, type: 'chat.message-posted', tenantId: id, streamKey: id, subjectId: null }
  const payload = { conversationId: id, messageId: id, seq: 1, isNotice: false }
  const rest = { occurredAt: new Date().toISOString(), traceparent: null, payload }
  await jetstream(chat).publish(messagePosted.subject, JSON.stringify({ ...event, ...rest }))
  await chat.close()
  await delay(1_000)
  const pid = children.billing!.pid()
  if (pid !== undefined) process.kill(pid, 'SIGTERM')
  await delay(1_000)
  lines['billing-postgres']!.plugIn()
}

/** Erasures cannot go on while transcripts has no database: each is given back, and whoever does that may die, before and after. */
async function eraseWithout({ url, lines }: Platform): Promise<void> {
  const furnish = () => furnishTenant({ url }, newCanary()).catch(() => undefined)
  const tenant = (await furnish()) ?? (await furnish()) ?? (await furnish())
  if (!tenant) return
  lines['transcripts-postgres']!.unplug()
  const request = { business: tenant.business.slug, kind: 'erasure' } as const
  for (const token of [tenant.tokens.visitor, tenant.tokens.owner]) {
    await clientsOf(url, token)
      .privacy.openRequest.mutate(request)
      .catch(() => {})
    await delay(noticedMs)
  }
  lines['transcripts-postgres']!.plugIn()
}

/** A letter that was withdrawn while it waited. */
const unwritten = `
  insert into mail_schedule (mail_id, tenant_id, due_at, attempts)
  values (gen_random_uuid(), gen_random_uuid(), to_timestamp(0), 0)`

async function alter(platform: Platform, service: ServiceName, statements: string[]): Promise<void> {
  const database = new pg.Client(platform.databaseOf(service))
  await database.connect()
  for (const statement of statements) await database.query(statement)
  await database.end()
}

async function tellNonsense(platform: Platform): Promise<void> {
  const chat = await platform.broker.connectAs('chat')
  const operator = await platform.broker.connectAs('operator')
  try {
    const events = jetstream(chat)
    const id = randomUUID()
    const unknown = { id, type: 'chat.message-posted', tenantId: id, streamKey: id, subjectId: null }
    const rest = { occurredAt: new Date().toISOString(), traceparent: null, payload: {} }
    await events.publish(messagePosted.subject, 'no event at all')
    await events.publish(messagePosted.subject, JSON.stringify({ ...unknown, ...rest }))
    const client = createServiceClient(billing, { nats: operator, self: 'operator' })
    const redriven = () => client.redriveParkedEvents.mutate({ eventId: id }).catch(() => undefined)
    const parked = async () => ((await redriven())?.stillParked ?? 0) > 0
    await waitUntil('an event to be parked and driven again', parked, {
      deadlineMs: 60_000,
      everyMs: 500,
    }).catch(() => {})
  } finally {
    await Promise.all([chat.close(), operator.close()])
  }
}
