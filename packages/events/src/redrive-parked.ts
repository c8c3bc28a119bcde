import { EventEnvelope } from '@candor/contracts/event'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { handleEvent } from './handle-event.ts'
import type { HandlingOptions } from './handle-event.ts'
import type { EventTables } from './tables.ts'

/** Handles parked events again, oldest first; event ids sort by time. What fails again stays, and holds its stream. */
export async function redriveParked(
  options: HandlingOptions,
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
