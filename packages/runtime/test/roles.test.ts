import { randomUUID } from 'node:crypto'
import { databaseUrl } from '@candor/runtime/provision-database'
import { asTenant } from '@candor/runtime/tenancy'
import { createTestDatabase } from '@candor/testing/test-database'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createNotesDatabase } from './notes-database.ts'

let database: Awaited<ReturnType<typeof createNotesDatabase>>
let app: ReturnType<typeof database.pool>
beforeAll(async () => {
  database = await createNotesDatabase()
  app = database.pool(1)
})
afterAll(() => database[Symbol.asyncDispose]())

test.for([
  'create table mine (id int)',
  'create temporary table mine (id int)',
  'create view mine as select * from notes',
  'create function mine() returns int language sql as $$ select 1 $$',
  'create schema mine',
  'create extension pgcrypto',
  'create role mine',
  'alter table notes add column more text',
  'create index on notes (text)',
  'drop table notes',
  'truncate notes',
])('the app role cannot: %s', async (statement) => {
  await expect(sql.raw(statement).execute(app)).rejects.toThrow(/permission denied|must be owner/)
})

test.for([
  'alter table notes disable row level security',
  'alter table notes no force row level security',
  'drop policy tenant on notes',
  'create policy everything on notes using (true)',
  'set role notes_owner',
  'set role notes_migrator',
  'set session authorization postgres',
  'alter role notes_app bypassrls',
  'create or replace function app_tenants() returns uuid[] language sql as $$ select array[]::uuid[] $$',
])('the app role cannot get round row-level security: %s', async (statement) => {
  await expect(sql.raw(statement).execute(app)).rejects.toThrow(/permission denied|must be owner/)
})

test('turning row security off in the session refuses to read instead of reading everything', async () => {
  const read = app.transaction().execute(async (trx) => {
    await sql`set local row_security = off`.execute(trx)
    return trx.selectFrom('notes').selectAll().execute()
  })
  await expect(read).rejects.toThrow('row-level security')
})

test('the app role is no superuser, bypasses nothing, owns nothing and is a member of nothing', async () => {
  const { rows } = await sql`
    select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
      (select count(*) from pg_class where relowner = r.oid) as owned,
      (select count(*) from pg_auth_members where member = r.oid) as memberships
    from pg_roles r where rolname = current_user`.execute(app)
  expect(rows).toEqual([
    {
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      owned: 0,
      memberships: 0,
    },
  ])
})

test('the app role reads which migrations were applied and cannot change that', async () => {
  expect((await sql`select name from kysely_migration`.execute(app)).rows).toHaveLength(1)
  await expect(sql`delete from kysely_migration`.execute(app)).rejects.toThrow('permission denied')
  await expect(sql`update kysely_migration_lock set is_locked = 1`.execute(app)).rejects.toThrow(
    'permission denied',
  )
})

test('even the owner of a table sees no row without naming its tenant', async () => {
  const tenant = randomUUID()
  await asTenant(app, tenant, (trx) =>
    trx.insertInto('notes').values({ id: randomUUID(), tenant_id: tenant, key: null, text: 'x' }).execute(),
  )
  const owner = database.pool(1, database.migratorUrl)
  const count = await owner.transaction().execute(async (trx) => {
    await sql`set local role notes_owner`.execute(trx)
    return trx.selectFrom('notes').selectAll().execute()
  })
  expect(count).toEqual([])
})

test("a service's roles cannot connect to another service's database", async () => {
  await using other = await createTestDatabase({ service: 'others', migrations: [] })
  const { pathname } = new URL(other.appUrl)
  for (const url of [database.appUrl, database.migratorUrl]) {
    const client = new pg.Client({ connectionString: databaseUrl(url, { database: pathname.slice(1) }) })
    await expect(client.connect()).rejects.toThrow('permission denied for database')
  }
})
