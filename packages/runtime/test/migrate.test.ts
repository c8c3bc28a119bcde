import { randomBytes } from 'node:crypto'
import { checkMigrated, migrate } from '@candor/runtime/migrate'
import type { NamedMigration } from '@candor/runtime/migrate'
import { databaseUrl, provisionDatabase } from '@candor/runtime/provision-database'
import { createTestDatabase } from '@candor/testing/test-database'
import { postgresVariable } from '@candor/testing/postgres-setup'
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { expect, test } from 'vitest'
import { capturedLog } from './captured-log.ts'

const { log } = capturedLog()

function migration(name: string, statement: string): NamedMigration {
  return { name, up: async (db) => void (await sql.raw(statement).execute(db)) }
}

const first = migration('20261121T1000-first', 'create table runs (at timestamptz)')
const second = migration('20261121T1001-second', 'insert into runs values (now())')

function openAs(url: string) {
  return new Kysely<any>({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url }) }) })
}

test('of several processes that migrate a new database at once, one does and none fails', async () => {
  const server = process.env[postgresVariable]!
  const name = `test_fresh_${randomBytes(4).toString('hex')}`
  const secret = 'test'
  await provisionDatabase(server, {
    service: 'fresh',
    appPassword: secret,
    migratorPassword: secret,
    database: name,
  })
  const url = databaseUrl(server, { database: name, user: 'fresh_migrator', password: secret })
  const options = { url, service: 'fresh', migrations: [first, second], log }
  await Promise.all(Array.from({ length: 6 }, () => migrate(options)))
  await Promise.all(Array.from({ length: 6 }, () => migrate(options)))
  await using db = openAs(databaseUrl(url, { user: 'fresh_app' }))
  expect((await sql`select * from runs`.execute(db)).rows).toHaveLength(1)
})

test('a migration that fails leaves nothing of those that ran with it', async () => {
  await using database = await createTestDatabase({ service: 'halves', migrations: [] })
  const broken = migration('20261121T1001-broken', 'create table runs (at timestamptz)')
  const options = { url: database.migratorUrl, service: 'halves', log }
  await expect(migrate({ ...options, migrations: [first, broken] })).rejects.toThrow('already exists')
  await using db = openAs(database.superuserUrl)
  expect((await sql`select to_regclass('runs') as found`.execute(db)).rows).toEqual([{ found: null }])
  await migrate({ ...options, migrations: [first, second] })
})

test('what a build needs and has not been applied is named', async () => {
  await using database = await createTestDatabase({ service: 'stepwise', migrations: [first] })
  await using db = openAs(database.appUrl)
  await checkMigrated(db, [first])
  await expect(checkMigrated(db, [first, second])).rejects.toThrow(
    '20261121T1001-second has not been applied',
  )
  await migrate({ url: database.migratorUrl, service: 'stepwise', migrations: [first, second], log })
  await checkMigrated(db, [first, second])
})

test('a release that was taken back leaves the schema of the later one as it is', async () => {
  await using database = await createTestDatabase({ service: 'back', migrations: [first, second] })
  const options = { url: database.migratorUrl, service: 'back', log }
  await migrate({ ...options, migrations: [first] })
  await using db = openAs(database.appUrl)
  await checkMigrated(db, [first, second])
})

test('what migrations create belongs to the owner role, and the app role may use it', async () => {
  await using database = await createTestDatabase({ service: 'owned', migrations: [first] })
  await using db = openAs(database.appUrl)
  const { rows } = await sql`
    select pg_get_userbyid(relowner) as owner from pg_class where oid = 'runs'::regclass`.execute(db)
  expect(rows).toEqual([{ owner: 'owned_owner' }])
  await sql`insert into runs values (now())`.execute(db)
})

test('a migration that waits for a table in use holds up nobody else, and is made when the table is free', async () => {
  await using database = await createTestDatabase({ service: 'busy', migrations: [first] })
  await using dump = openAs(database.superuserUrl)
  await using db = openAs(`${database.appUrl}?options=-c%20lock_timeout%3D5s`)
  const third = migration('20261121T1002-third', 'alter table runs add column more text')
  let isMigrated = false
  const { lines, log: heard } = capturedLog()
  const migrating = dump.transaction().execute(async (trx) => {
    await sql`lock table runs in access share mode`.execute(trx)
    const options = { url: database.migratorUrl, service: 'busy', migrations: [first, third], log: heard }
    const migrated = migrate(options).then(() => void (isMigrated = true))
    // What comes while it waits is served, though the dump goes on.
    await expect.poll(async () => (await waitingFor(database.superuserUrl)).length).toBe(1)
    await sql`select * from runs`.execute(db)
    expect(isMigrated).toBe(false)
    return { migrated }
  })
  await (
    await migrating
  ).migrated
  await sql`select more from runs`.execute(db)
  expect(lines()).toContainEqual(expect.objectContaining({ msg: 'a table is in use' }))
})

async function waitingFor(url: string) {
  await using db = openAs(url)
  const { rows } = await sql`
    select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(db)
  return rows
}
