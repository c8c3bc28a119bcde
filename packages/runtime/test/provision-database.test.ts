import { randomBytes } from 'node:crypto'
import { databaseUrl, provisionDatabase } from '@candor/runtime/provision-database'
import { postgresVariable } from '@candor/testing/postgres-setup'
import pg from 'pg'
import { onTestFinished, expect, test } from 'vitest'

const server = process.env[postgresVariable]!

/** A service that no other test has, by a database of any name. */
function newService(database = `test_${randomBytes(4).toString('hex')}`) {
  const service = `made${randomBytes(4).toString('hex')}`
  onTestFinished(
    async () => void (await ask(server, `drop database ${pg.escapeIdentifier(database)} with (force)`)),
  )
  const provision = (options: { appRole?: string; appPassword?: string } = {}) =>
    provisionDatabase(server, { service, database, appPassword: 'a', migratorPassword: 'm', ...options })
  const urlOf = (role: string, password: string) =>
    databaseUrl(server, { database, user: `${service}_${role}`, password })
  return { service, provision, urlOf, superuserUrl: databaseUrl(server, { database }) }
}

async function ask(url: string, ...statements: string[]) {
  const client = new pg.Client(url)
  await client.connect()
  try {
    for (const statement of statements.slice(0, -1)) await client.query(statement)
    return (await client.query(statements.at(-1)!)).rows
  } finally {
    await client.end()
  }
}

test('several that make the same database at once all find it made', async () => {
  const { provision, urlOf } = newService()
  await Promise.all(Array.from({ length: 4 }, () => provision()))
  expect(await ask(urlOf('app', 'a'), 'select 1 as one')).toEqual([{ one: 1 }])
})

test('what a role was given by hand is taken from it, and it goes on reading and writing rows', async () => {
  const { service, provision, urlOf, superuserUrl } = newService()
  await provision()
  const [owner, app] = [`${service}_owner`, `${service}_app`]
  await ask(superuserUrl, `set role ${owner}`, 'create table notes (id int)')
  await ask(
    superuserUrl,
    `alter role ${app} superuser createdb createrole replication bypassrls`,
    `grant ${owner} to ${app}`,
    `grant create on schema public to ${app}`,
    `grant truncate, trigger on notes to ${app}`,
    `alter database ${new URL(superuserUrl).pathname.slice(1)} owner to postgres`,
  )
  await provision()
  const rights = `
    select rolsuper or rolcreatedb or rolcreaterole or rolreplication or rolbypassrls as above,
      has_schema_privilege('public', 'create') as ddl,
      has_table_privilege('notes', 'truncate') or has_table_privilege('notes', 'trigger') as more,
      (select count(*)::int from pg_auth_members where member = pg_roles.oid) as memberships,
      (select datdba::regrole::text from pg_database where datname = current_database()) as owner
    from pg_roles where rolname = current_user`
  expect(await ask(urlOf('app', 'a'), rights)).toEqual([
    { above: false, ddl: false, more: false, memberships: 0, owner },
  ])
  expect(await ask(urlOf('app', 'a'), 'insert into notes values (1)', 'select id from notes')).toHaveLength(1)
})

test('while a password is exchanged the next role may what the app role may, which stays shut out', async () => {
  const { service, provision, urlOf, superuserUrl } = newService()
  await provision()
  await ask(superuserUrl, `set role ${service}_owner`, 'create table notes (id int)')
  await ask(server, `alter role ${service}_app nologin`)
  for (const _once of [1, 2]) await provision({ appRole: `${service}_app_next`, appPassword: 'new' })
  const written = await ask(urlOf('app_next', 'new'), 'insert into notes values (1)', 'select id from notes')
  expect(written).toHaveLength(1)
  await expect(ask(urlOf('app_next', 'new'), 'truncate notes')).rejects.toThrow('permission denied')
  await expect(ask(urlOf('app', 'a'), 'select')).rejects.toThrow('not permitted to log in')
})

test('a database and a password may have any name', async () => {
  const { provision, urlOf } = newService(`a "b" 'c' %41 /ü ${randomBytes(4).toString('hex')}`)
  await provision({ appPassword: `p%41 '"@:/ü` })
  expect(await ask(urlOf('app', `p%41 '"@:/ü`), 'select 1 as one')).toEqual([{ one: 1 }])
})
