import type { Check } from '@candor/runtime/check-up'
import type { Clock } from '@candor/runtime/clock'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'

/** Work that should have left, and events that wait for a person. */
export function waitingCheck(db: Kysely<any>, clock: Clock): Check {
  return {
    name: 'work',
    needs: 'migrations',
    async look() {
      const { rows } = await sql<{ waiting: number; oldest: Date | null; parked: number }>`
        select count(*) as waiting, min(occurred_at) as oldest, (select count(*) from parked_events) as parked
        from outbox where published_at is null`.execute(db)
      const { waiting, oldest, parked } = rows[0]!
      const ageSeconds = oldest ? Math.round((clock.now().getTime() - oldest.getTime()) / 1_000) : 0
      return {
        found: `${waiting} events to publish, ${parked} set aside`,
        wrong: [
          ...(ageSeconds > 60
            ? [
                {
                  what: `an event has waited for ${ageSeconds} s to be published`,
                  toDo: 'See deploy/runbooks/OutboxStalled.md.',
                },
              ]
            : []),
          ...(parked > 0
            ? [
                {
                  what: `${parked} events failed and were set aside`,
                  toDo: 'See deploy/runbooks/EventsParked.md; npm run parked lists them.',
                },
              ]
            : []),
        ],
      }
    },
  }
}
