import type { EventEnvelope } from '@candor/contracts/event'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
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

/** Whether the event is parked, or must wait behind one of the same stream that is. */
export async function findParked(
  db: Kysely<EventTables>,
  envelope: EventEnvelope,
): Promise<'itself' | 'an earlier one' | undefined> {
  const rows = await db
    .selectFrom('parked_events')
    .select('event_id')
    .where('stream_key', '=', envelope.streamKey)
    .execute()
  if (rows.length === 0) return undefined
  return rows.some((row) => row.event_id === envelope.id) ? 'itself' : 'an earlier one'
}

/** Which of the streams wait behind an event that is parked. */
export async function findHeld(db: Kysely<EventTables>, streamKeys: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ stream_key: string }>`
    select distinct stream_key from parked_events where stream_key = any(${streamKeys}::text[])`.execute(db)
  return new Set(rows.map((row) => row.stream_key))
}

export async function listParked(db: Kysely<EventTables>, limit: number) {
  const rows = await db.selectFrom('parked_events').selectAll().orderBy('position').limit(limit).execute()
  return rows.map((row) => ({
    eventId: row.event_id,
    type: row.type,
    error: row.error,
    attempts: row.attempts,
    parkedAt: row.parked_at.toISOString(),
  }))
}
