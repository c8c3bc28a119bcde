import { randomUUID } from 'node:crypto'
import { billing } from '@candor/contracts/billing'
import { messagePosted } from '@candor/contracts/chat/events'
import { waitUntil } from '@candor/local/processes/wait-until'
import { createServiceClient } from '@candor/rpc/service-client'
import { jetstream } from '@nats-io/jetstream'
import pg from 'pg'
import type { Platform } from '../platform/start-platform.ts'

/** What nobody does but by a fault or a theft: nonsense among the events, one that nobody can handle, and keys that are gone. */
export async function doRareDeeds(platform: Platform): Promise<void> {
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
  for (const service of ['identity', 'privacy'] as const) {
    const database = new pg.Client(platform.databaseOf(service))
    await database.connect()
    await database.query('delete from signing_keys')
    await database.end()
  }
}
