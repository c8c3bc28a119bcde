import { EventEnvelope } from '@candor/contracts/event'
import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import type { ConsumerOptions } from './consume.ts'
import { handleEvent } from './handle-event.ts'
import type { EventTables } from './tables.ts'

/** Sets an event aside, with its whole envelope, for a person to look at and drive again. */
export async function parkEvent(
  db: Kysely<EventTables>,
  envelope: EventEnvelope,
  error: string,
  attempts: number,
  now: Date,
): Promise<void> {
  const row = {
    event_id: envelope.id,
    tenant_id: envelope.tenantId,
    type: envelope.type,
    stream_key: envelope.streamKey,
    subject_id: envelope.subjectId,
    envelope: JSON.stringify(envelope),
    error,
    attempts,
    parked_at: now,
  }
  await db
    .insertInto('parked_events')
    .values(row)
    .onConflict((conflict) => conflict.column('event_id').doUpdateSet({ error, attempts, parked_at: now }))
    .execute()
}

/** Whether an event must wait behind one of the same stream that is parked already. */
export async function isParkedBefore(db: Kysely<EventTables>, envelope: EventEnvelope): Promise<boolean> {
  const row = await db
    .selectFrom('parked_events')
    .select('event_id')
    .where('stream_key', '=', envelope.streamKey)
    .where('event_id', '!=', envelope.id)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export async function listParked(db: Kysely<EventTables>, limit: number) {
  const rows = await db.selectFrom('parked_events').selectAll().orderBy('event_id').limit(limit).execute()
  return rows.map((row) => ({
    eventId: row.event_id,
    type: row.type,
    error: row.error,
    attempts: row.attempts,
    parkedAt: row.parked_at.toISOString(),
  }))
}

/** Handles parked events again, oldest first; event ids sort by time. What fails again stays, and holds its stream. */
export async function redriveParked(
  options: Omit<ConsumerOptions, 'nats'>,
  eventId?: string,
): Promise<{ redriven: number; stillParked: number }> {
  const db: Kysely<EventTables> = options.db
  const rows = await db
    .selectFrom('parked_events')
    .select(['event_id', 'envelope', 'attempts', 'parked_at'])
    .$if(eventId !== undefined, (query) => query.where('event_id', '=', eventId!))
    .orderBy('event_id')
    .execute()
  for (const row of rows) {
    const outcome = await handleEvent(options, EventEnvelope.parse(row.envelope), row.attempts + 1, true)
    if (outcome === 'again') continue
    await sql`
      delete from parked_events p using inbox i where p.event_id = ${row.event_id} and i.event_id = p.event_id`.execute(
      db,
    )
  }
  const { left } = await db
    .selectFrom('parked_events')
    .select(({ fn }) => fn.countAll<number>().as('left'))
    .$if(eventId !== undefined, (query) => query.where('event_id', '=', eventId!))
    .executeTakeFirstOrThrow()
  return { redriven: rows.length - left, stillParked: left }
}
