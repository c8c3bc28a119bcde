import { EventEnvelope } from '@candor/contracts/event'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { handleEvent } from './handle-event.ts'
import type { HandlingOptions } from './handle-event.ts'
import type { EventTables } from './tables.ts'

/**
 * Handles parked events again, one or all, in the order in which they were parked, which in each stream is the order
 * of their commits. What fails again stays, and holds what comes after it in its stream.
 */
export async function redriveParked(
  options: HandlingOptions,
  eventId?: string,
): Promise<{ redriven: number; stillParked: number }> {
  const db: Kysely<EventTables> = options.db
  const rows = await db
    .selectFrom('parked_events')
    .select(['event_id', 'stream_key'])
    .orderBy('position')
    .execute()
  const held = new Set<string>()
  let redriven = 0
  for (const row of rows) {
    const isWanted = eventId === undefined || row.event_id === eventId
    if (isWanted && !held.has(row.stream_key) && (await redrive(options, row.event_id))) redriven++
    else held.add(row.stream_key)
  }
  const { left } = await db
    .selectFrom('parked_events')
    .select(({ fn }) => fn.countAll<number>().as('left'))
    .$if(eventId !== undefined, (query) => query.where('event_id', '=', eventId!))
    .executeTakeFirstOrThrow()
  return { redriven, stillParked: left }
}

/** Whether the event was handled and is no longer parked. */
async function redrive(options: HandlingOptions, eventId: string): Promise<boolean> {
  const db: Kysely<EventTables> = options.db
  const row = await db
    .selectFrom('parked_events')
    .select(['envelope', 'attempts'])
    .where('event_id', '=', eventId)
    .executeTakeFirst()
  if (!row) return true
  await handleEvent(options, EventEnvelope.parse(row.envelope), row.attempts + 1, true)
  const { numAffectedRows } = await sql`
    delete from parked_events p using inbox i
    where p.event_id = ${eventId} and i.event_id = p.event_id`.execute(db)
  return numAffectedRows === 1n
}
