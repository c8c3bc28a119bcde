import { randomUUID } from 'node:crypto'
import type { ServiceName } from '@candor/contracts/callers'
import { billing } from '@candor/contracts/billing'
import { messagePosted } from '@candor/contracts/chat/events'
import { waitUntil } from '@candor/local/processes/wait-until'
import { createServiceClient } from '@candor/rpc/service-client'
import { jetstream } from '@nats-io/jetstream'
import pg from 'pg'
import { furnishTenant } from '../../derived/tenants.ts'
import type { Platform } from '../platform/start-platform.ts'

/**
 * What happens by a fault or a theft alone: nonsense among the events, one that nobody can handle, a broker that loses what it
 * has, a backup that forgot what was erased, a mail server that is away, keys that are gone.
 */
export async function doRareDeeds(platform: Platform): Promise<void> {
  await tellNonsense(platform)
  platform.broker.deleteStore()
  await alter(platform, 'chat', ['delete from erasure_reports', 'delete from ledger_position'])
  await alter(platform, 'privacy', [unwritten])
  await alter(platform, 'identity', ['delete from signing_keys'])
  await alter(platform, 'privacy', ['delete from signing_keys'])
  platform.lines.mail!.unplug()
  await furnishTenant({ url: platform.url }, `rare${Date.now()}`).catch(() => {})
  platform.lines.mail!.plugIn()
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
