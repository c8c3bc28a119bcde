import pg from 'pg'
import type { Stack } from '../stack.ts'

/** Whether an erasure stands in the ledger that every service reads. */
export async function isTold(stack: Stack, requestId: string): Promise<boolean> {
  const client = new pg.Client(stack.databases.privacy.superuserUrl)
  await client.connect()
  const { rows } = await client.query(
    'select from erasure_ledger where id = $1 and published_into is not null',
    [requestId],
  )
  await client.end()
  return rows.length > 0
}
