import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { keepAnswerDeadline } from './answer-deadline.ts'
import type { Metrics } from './metrics.ts'
import type { Log } from './logger.ts'
import { keepPrepared } from './prepared-statements.ts'

// Timestamps stay Date; bigint counts and sums fit a double here and would otherwise arrive as strings.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

/** A pool for the app role. `statement_timeout` is below every caller's deadline, so that no query outlives its call. */
export function connectPostgres<DB>(options: {
  url: string
  poolSizeMax: number
  log: Log
  metrics: Metrics
}) {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.poolSizeMax,
    connectionTimeoutMillis: 4_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    options: Object.entries(settings)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
  })
  // Without a listener a connection that breaks would end the process, be it idle or held between two statements.
  pool.on('error', (err) => options.log.warn({ err }, 'idle database connection lost'))
  pool.on('connect', (client) => {
    client.on('error', () => {})
    keepPrepared(client)
    keepAnswerDeadline(client, { statementMs: settings.statement_timeout, graceMs: 2_000 })
  })
  options.metrics.gauge('pg_pool_connections', 'Connections of the pool by state', ['state'], (set) => {
    set({ state: 'total' }, pool.totalCount)
    set({ state: 'idle' }, pool.idleCount)
    set({ state: 'waiting' }, pool.waitingCount)
  })
  return new Kysely<DB>({ dialect: new PostgresDialect({ pool }) })
}

/** What each session asks of the server. */
const settings = {
  statement_timeout: 8_000,
  idle_in_transaction_session_timeout: 10_000,
  lock_timeout: 5_000,
  // A client that is gone without a word gives its locks back within half a minute, not two hours.
  tcp_keepalives_idle: 10,
  tcp_keepalives_interval: 5,
  tcp_keepalives_count: 3,
}

const connectionTrouble = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
])

/** `gone` and `busy` may pass by themselves; `late` ran out of time; anything else is ours to mend. */
export function postgresTrouble(err: unknown): 'gone' | 'busy' | 'late' | undefined {
  if (!(err instanceof Error)) return undefined
  const code = String((err as { code?: unknown }).code ?? '')
  if (/^(08|57P0|53)/.test(code) || connectionTrouble.has(code)) return 'gone'
  if (code === '40001' || code === '40P01' || code === '55P03') return 'busy'
  if (code === '57014' || code === '25P03') return 'late'
  if (
    /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|not queryable/i.test(
      err.message,
    )
  )
    return 'gone'
  return undefined
}

/** The name of the violated unique constraint, if that is what went wrong. */
export function violatedUnique(err: unknown): string | undefined {
  const { code, constraint } = (err ?? {}) as { code?: string; constraint?: string }
  return code === '23505' ? constraint : undefined
}
