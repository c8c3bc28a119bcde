import { services } from '@candor/contracts/callers'
import type { ServiceName } from '@candor/contracts/callers'
import pg from 'pg'
import type { Platform } from './platform/start-platform.ts'

/** What a service has begun and not ended: facts that nobody was told, letters that have not left, requests in hand. */
export async function readUnfinished(platform: Platform, now: Date): Promise<string[]> {
  const found = await Promise.all(
    services.map(async (service) => {
      const client = new pg.Client(platform.databaseOf(service))
      await client.connect()
      try {
        const counts = []
        for (const { what, where } of begun.filter(({ at }) => at(service))) {
          const { rows } = await client.query(
            `select count(*)::int as count from ${where}`,
            where.includes('$1') ? [now] : [],
          )
          const count: number = rows[0].count
          if (count > 0) counts.push(`${service}: ${count} ${what}`)
        }
        return counts
      } finally {
        await client.end()
      }
    }),
  )
  return found.flat()
}

const everywhere = () => true

const begun: { what: string; where: string; at: (service: ServiceName) => boolean }[] = [
  { what: 'facts not published', where: 'outbox where published_at is null', at: everywhere },
  { what: 'letters not sent', where: 'mail_schedule', at: (service) => service !== 'billing' },
  {
    what: 'requests not carried on',
    where: 'saga_queue where due_at <= $1',
    at: (service) => service === 'privacy',
  },
]
