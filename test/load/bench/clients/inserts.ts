import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { serveJobs } from './serve-jobs.ts'

// What PostgreSQL stores when nothing but storing happens: each client inserts one row after the other.

serveJobs({
  /** Rows a second. */
  async insert({ url, clients: count, seconds }: { url: string; clients: number; seconds: number }) {
    const clients = Array.from({ length: count }, () => new pg.Client(url))
    await Promise.all(clients.map((client) => client.connect()))
    await clients[0]!.query(
      'create table if not exists rows (id uuid primary key, conversation_id uuid not null, text text not null)',
    )
    const startedAt = performance.now()
    const until = startedAt + seconds * 1_000
    let rows = 0
    await Promise.all(
      clients.map(async (client) => {
        for (; performance.now() < until; rows++)
          await client.query({
            name: 'insert',
            text: 'insert into rows values (uuidv7(), $1, $2)',
            values: [randomUUID(), text],
          })
      }),
    )
    const tookMs = performance.now() - startedAt
    await Promise.all(clients.map((client) => client.end()))
    return (rows / tookMs) * 1_000
  },
})

const text = 'x'.repeat(200)
