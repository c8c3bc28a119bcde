import type pg from 'pg'

/**
 * Closes a connection on which a statement is not answered within the time that the server has for it and `graceMs`
 * more. Such a server is gone without a word: TCP alone would hold on for a quarter of an hour, and the pool with it.
 */
export function keepAnswerDeadline(
  client: pg.PoolClient,
  { statementMs, graceMs }: { statementMs: number; graceMs: number },
): void {
  const { stream } = (client as unknown as { connection: { stream: { destroy(err: Error): void } } })
    .connection
  const query = client.query.bind(client) as (text: string, values?: unknown[]) => Promise<unknown>
  const giveUp = () => stream.destroy(new Error('connection terminated: a statement was not answered'))
  let limitMs = statementMs
  const watched = (text: string, values?: unknown[]) => {
    if (text === limitStatement) limitMs = Number(values![0])
    const timer = setTimeout(giveUp, limitMs + graceMs)
    return query(text, values).finally(() => {
      clearTimeout(timer)
      if (text === 'commit' || text === 'rollback') limitMs = statementMs
    })
  }
  client.query = watched as typeof client.query
}

/** By which a transaction gives its statements another time than the pool does. */
export const limitStatement = `select set_config('statement_timeout', $1, true)`
