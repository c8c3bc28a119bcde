import type { Clock } from '@candor/runtime/clock'
import type { Metrics } from '@candor/runtime/metrics'
import type { Kysely } from 'kysely'
import type { MailTables } from './tables.ts'

/** How many letters wait to be sent, and for how long the oldest has. */
export function observeLetters(
  db: Kysely<MailTables>,
  { metrics, clock }: { metrics: Metrics; clock: Clock },
): void {
  metrics.gauge('mail_letters_waiting', 'Letters that wait to be sent', [], async (set) => {
    const count = db.selectFrom('mail_schedule').select(({ fn }) => fn.countAll<number>().as('n'))
    set({}, (await count.executeTakeFirstOrThrow()).n)
  })
  metrics.gauge('mail_oldest_letter_age_seconds', 'Age of the oldest letter not sent', [], async (set) => {
    const first = db.selectFrom('mail_schedule').select('mail_id').orderBy('mail_id').limit(1)
    const oldest = await first.executeTakeFirst()
    set({}, oldest ? Math.max(0, (clock.now().getTime() - createdAtMs(oldest.mail_id)) / 1_000) : 0)
  })
}

/** The queue itself shows a tenant only its own letters, but their ids begin with the time (UUID version 7). */
function createdAtMs(id: string): number {
  return Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
}
