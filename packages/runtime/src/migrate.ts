import { setTimeout as delay } from 'node:timers/promises'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import type { Migration } from 'kysely/migration'
import pg from 'pg'
import type { Log } from './logger.ts'
import { postgresTrouble } from './postgres.ts'

/** Forward only; each must be safe for the version that is still running while it is applied. */
export interface NamedMigration {
  /** Time and purpose, as `20261121T1200-contacts`: names sort in the order of the list. */
  readonly name: string
  readonly up: (db: Kysely<any>) => Promise<void>
}

/**
 * Brings a service's schema up to date as its owner role. Two processes that start at once wait for each other. Behind a
 * migration that waits for a table everybody else waits for it as well: where a dump or a long query reads that table, it
 * steps back, lets calls pass, and tries again.
 */
export async function migrate(options: MigrationOptions): Promise<void> {
  for (;;) {
    try {
      return await migrateOnce(options)
    } catch (err) {
      if (postgresTrouble(err) !== 'busy') throw err
      options.log.warn({ err, retryInMs: lettingPassMs }, 'a table is in use')
      await delay(lettingPassMs)
    }
  }
}

/** Shorter than the time that calls of services wait for a lock: none fails. */
const lockTimeoutMs = 2_000
const lettingPassMs = 3_000

async function migrateOnce(options: MigrationOptions): Promise<void> {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: 1,
    connectionTimeoutMillis: 10_000,
    options: `-c role=${options.service}_owner -c lock_timeout=${lockTimeoutMs}`,
  })
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  try {
    if (await knowsLater(db, options.migrations)) {
      await checkMigrated(db, options.migrations)
      options.log.info({}, 'the schema is that of a later release and stays as it is')
      return
    }
    const migrator = new Migrator({ db, provider: { getMigrations: async () => byName(options.migrations) } })
    const { error, results } = await migrator.migrateToLatest()
    for (const { migrationName, status } of results ?? []) {
      options.log.info({ migration: migrationName, status }, 'migration')
    }
    if (error) throw error
    await letAppRead(db, `${options.service}_app`)
  } finally {
    await db.destroy()
  }
}

/** Whether a later release has migrated: then this one was rolled out to take that back, and there is nothing to do. */
async function knowsLater(db: Kysely<unknown>, migrations: readonly NamedMigration[]): Promise<boolean> {
  const { rows } = await sql<{ table: string | null }>`
    select to_regclass('kysely_migration') as table`.execute(db)
  if (rows[0]!.table === null) return false
  const newest = migrations.at(-1)?.name ?? ''
  const later = await sql`select from kysely_migration where name > ${newest} limit 1`.execute(db)
  return later.rows.length > 0
}

/** The app role checks what has been applied and changes nothing of it. PostgreSQL refuses two such grants at once. */
async function letAppRead(db: Kysely<any>, app: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${grantLock})`.execute(trx)
    await sql`revoke all on kysely_migration, kysely_migration_lock from ${sql.id(app)}`.execute(trx)
    await sql`grant select on kysely_migration to ${sql.id(app)}`.execute(trx)
  })
}

/** Any number that no other use of advisory locks in the database takes. */
const grantLock = 7_002

/** Throws unless the newest migration this build knows has been applied: readiness waits for it. */
export async function checkMigrated(db: Kysely<any>, migrations: readonly NamedMigration[]): Promise<void> {
  const newest = migrations.at(-1)!.name
  const { rows } = await sql`select 1 from kysely_migration where name = ${newest}`.execute(db)
  if (rows.length === 0) throw new Error(`migration ${newest} has not been applied`)
}

function byName(migrations: readonly NamedMigration[]): Record<string, Migration> {
  return Object.fromEntries(migrations.map(({ name, up }) => [name, { up }]))
}

interface MigrationOptions {
  readonly url: string
  readonly service: string
  readonly migrations: readonly NamedMigration[]
  readonly log: Log
}
