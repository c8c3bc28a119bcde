import { services } from '@candor/contracts/callers'
import pg from 'pg'
import type { Reached } from './platform/start-platform.ts'

/** Events that a service has given up on: trouble that passes is no reason for it. */
export async function readParked(platform: Reached): Promise<string[]> {
  const found = await Promise.all(
    services.map(async (service) => {
      const client = new pg.Client(platform.databaseOf(service))
      await client.connect()
      const { rows } = await client.query<{ type: string; error: string }>(
        'select type, error from parked_events',
      )
      await client.end()
      return rows.map(({ type, error }) => `${service} has parked a ${type}: ${error}`)
    }),
  )
  return found.flat()
}
