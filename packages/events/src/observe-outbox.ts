import type { Clock } from '@candor/runtime/clock'
import type { Metrics } from '@candor/runtime/metrics'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { EventTables } from './tables.ts'

/** How much waits to be published and for how long, read when scraped. */
export function observeOutbox(
  db: Kysely<EventTables>,
  { metrics, clock }: { metrics: Metrics; clock: Clock },
): void {
  metrics.gauge('outbox_unpublished', 'Events waiting to be published', [], async (set) => {
    const { rows } = await sql<{
      n: number
    }>`select count(*) as n from outbox where published_at is null`.execute(db)
    set({}, rows[0]!.n)
  })
  metrics.gauge('outbox_oldest_age_seconds', 'Age of the oldest unpublished event', [], async (set) => {
    const { rows } = await sql<{ oldest: Date | null }>`
      select min(occurred_at) as oldest from outbox where published_at is null`.execute(db)
    const oldest = rows[0]!.oldest
    set({}, oldest ? Math.max(0, (clock.now().getTime() - oldest.getTime()) / 1000) : 0)
  })
}
