import type { Check } from '@candor/runtime/check-up'
import { CheckError } from '@candor/runtime/check-up'
import type { Clock } from '@candor/runtime/clock'
import type { NamedMigration } from '@candor/runtime/migrate'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'

export function databaseCheck(
  db: Kysely<any>,
  { DATABASE_URL, NODE_ENV }: { DATABASE_URL: string; NODE_ENV: string },
): Check {
  return {
    name: 'database',
    async look() {
      const startedAt = performance.now()
      const { rows } = await sql<{ version: string; ssl: boolean }>`
        select current_setting('server_version') as version, ssl
        from pg_stat_ssl where pid = pg_backend_pid()`
        .execute(db)
        .catch((cause: unknown) => {
          const { message } = cause as Error
          throw new CheckError(`PostgreSQL does not let us in: ${message}`, doorAdvice(cause), { cause })
        })
      const [row] = rows
      const ms = Math.round(performance.now() - startedAt)
      const isPlain = NODE_ENV === 'production' && !row?.ssl && new URL(DATABASE_URL).hostname !== '127.0.0.1'
      return {
        found: `PostgreSQL ${row?.version.split(' ')[0]}, ${row?.ssl ? 'encrypted' : 'not encrypted'}, answered in ${ms} ms`,
        wrong: isPlain
          ? [
              {
                what: 'what goes to the database and comes from it is not encrypted',
                toDo: 'Add sslmode=verify-full to DATABASE_URL, with sslrootcert where its authority is a private one.',
              },
            ]
          : [],
      }
    },
  }
}

function doorAdvice(err: unknown): string {
  const { code, message = '' } = err as { code?: string; message?: string }
  if (code === '28P01')
    return 'The password in DATABASE_URL is not that of the role, or there is no such role. Set both anew: docs/operations.md, "Rotate".'
  if (/not permitted to log in/.test(message))
    return 'The role was shut out, as when a password was exchanged: DATABASE_URL is to name the other one. See docs/operations.md, "Rotate".'
  if (code === '28000')
    return 'pg_hba.conf of the server lets this role in from elsewhere or with TLS alone: see it, and sslmode in DATABASE_URL.'
  if (code === '3D000') return 'The database is missing: run the provisioning job, then the migration job.'
  if (code === '42501') return 'The role may not connect to this database: run the provisioning job again.'
  if (code === '53300')
    return 'All connections are taken: see deploy/runbooks/DatabaseConnectionsExhausted.md.'
  if (code === 'ENOENT' || code === 'EACCES')
    return 'sslrootcert in DATABASE_URL names the file of the authority, which is to be mounted there: see the secret postgres-ca.'
  if (/certificate|ssl/i.test(message))
    return 'Its certificate is not believed: see what is said of certificates below, and sslmode and sslrootcert in DATABASE_URL.'
  return 'Check host and port in DATABASE_URL, that PostgreSQL runs, and the network policy between here and there.'
}

export function migrationsCheck(db: Kysely<any>, migrations: readonly NamedMigration[]): Check {
  return {
    name: 'migrations',
    needs: 'database',
    async look() {
      const { rows } = await sql<{ name: string }>`select name from kysely_migration`
        .execute(db)
        .catch((cause: { code?: string }) => {
          if (cause.code !== undefinedTable) throw cause
          throw new CheckError('no migration was ever applied, or not all of the first', advice, { cause })
        })
      const applied = new Set(rows.map(({ name }) => name))
      const missing = migrations.filter(({ name }) => !applied.has(name)).map(({ name }) => name)
      const known = new Set(migrations.map(({ name }) => name))
      const newer = [...applied].filter((name) => !known.has(name))
      return {
        // A release runs on the schema of the next one, so that a roll-out can be taken back.
        found: `${migrations.length - missing.length} of ${migrations.length}${newer.length > 0 ? `, and ${newer.length} of a newer release` : ''}`,
        wrong: missing.map((name) => ({ what: `${name} has not been applied`, toDo: advice })),
      }
    },
  }
}

const undefinedTable = '42P01'

const advice =
  "Run this release's migration job and read its log; the service becomes ready by itself: deploy/runbooks/MigrationFailed.md."

export function clockCheck(db: Kysely<any>, clock: Clock): Check {
  return {
    name: 'clock',
    needs: 'database',
    async look() {
      const before = clock.now().getTime()
      const { rows } = await sql<{ at: Date }>`select clock_timestamp() as at`.execute(db)
      const after = clock.now().getTime()
      const offMs = rows[0]!.at.getTime() - (before + after) / 2
      const uncertainMs = (after - before) / 2
      const isOff = Math.abs(offMs) > toleranceMs + uncertainMs
      return {
        found: `${Math.abs(Math.round(offMs))} ms ${offMs < 0 ? 'ahead of' : 'behind'} the database's`,
        wrong: isOff
          ? [
              {
                what: `this clock and the database's differ by ${(Math.abs(offMs) / 1_000).toFixed(1)} s`,
                toDo: 'Deadlines, tokens and retention count on both: mend time synchronisation on the nodes, and unset CLOCK_OFFSET_MS.',
              },
            ]
          : [],
      }
    },
  }
}

const toleranceMs = 1_000
