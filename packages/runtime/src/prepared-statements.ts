import type pg from 'pg'

/**
 * Statements whose first comment says `prepared <name>` are parsed and planned once a session. It is for those that a
 * service sends all day: the rest would fill each session's memory with what is sent once. A name stands for one text.
 */
export function keepPrepared(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (statement: unknown, values?: unknown[]) => Promise<unknown>
  const prepared = (text: string, values?: unknown[]) => {
    const name = marked.exec(text)?.[1]
    return name === undefined ? query(text, values) : query({ name, text, values })
  }
  client.query = prepared as typeof client.query
}

const marked = /^\s*\/\* prepared ([\w-]+) \*\//
