import { join } from 'node:path'
import { services } from '@candor/contracts/callers'
import { newSecrets } from '@candor/deploy/generate/secrets'
import { guardedFolder } from '@candor/local/processes/guarded-folder'
import { startPostgres } from '@candor/local/servers/postgres-server'
import { createLogger } from '@candor/runtime/logger'
import { migrate } from '@candor/runtime/migrate'
import { databaseUrl } from '@candor/runtime/provision-database'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { migrationsOf } from '../migrations/of-services.ts'
import { installation } from './installation.ts'
import { kustomize } from './render.ts'
import { runJob } from './run-workload.ts'

const log = createLogger({ service: 'test', level: 'silent' })
const guarded = guardedFolder('databases')
const folder = guarded.path
let server: Awaited<ReturnType<typeof startPostgres>>
let secrets: ReturnType<typeof newSecrets>

describe.skipIf(!kustomize)('the databases that the Job of an overlay makes', () => {
  /** Roles are the whole server's, so it is one of its own. */
  beforeAll(async () => {
    server = await startPostgres({ dataDir: join(folder, 'postgres'), fast: true })
    guarded.guard(server.pid)
    const given = { smtpUrl: 'smtp://mail', paymentApiKey: 'none', paymentWebhookSecret: 'none' }
    secrets = newSecrets({
      ...given,
      databaseHost: `127.0.0.1:${server.port}`,
      adminDatabaseUrl: server.url,
    })
    await provision()
    for (const service of services)
      await migrate({ url: urlOf(service, 'migrator'), service, migrations: migrationsOf[service], log })
  })
  afterAll(async () => {
    await server.stop()
    await guarded[Symbol.asyncDispose]()
  })

  function withoutTls(url: string): string {
    return url.split('?')[0]!
  }

  function urlOf(service: string, role: 'app' | 'migrator'): string {
    return withoutTls(
      role === 'app'
        ? secrets[`${service}-credentials`]!.DATABASE_URL!
        : secrets[`${service}-migration-credentials`]!.MIGRATION_DATABASE_URL!,
    )
  }

  /** Does what the Job of the rendered overlay does, with its variables and the files that it mounts. */
  async function provision(): Promise<void> {
    await runJob(await installation('production'), 'provision-databases-', {
      folder,
      secrets: plain(secrets),
    })
  }

  /** This server has no certificate to show. */
  function plain(all: typeof secrets): typeof secrets {
    const without = (values: Record<string, string>) =>
      Object.fromEntries(Object.entries(values).map(([key, value]) => [key, withoutTls(value)]))
    return Object.fromEntries(Object.entries(all).map(([name, values]) => [name, without(values)]))
  }

  async function ask<Row extends pg.QueryResultRow>(url: string, statement: string): Promise<Row[]> {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      return (await client.query<Row>(statement)).rows
    } finally {
      await client.end()
    }
  }

  test.each(services)(
    "%s's app role reads and writes rows of its own tables, and can do nothing else to them",
    async (service) => {
      const app = urlOf(service, 'app')
      const rights = await ask(
        app,
        `select relname, has_table_privilege(c.oid, 'select, insert, update, delete') as some,
      has_table_privilege(c.oid, 'truncate') or has_table_privilege(c.oid, 'references') or
      has_table_privilege(c.oid, 'trigger') or pg_has_role(relowner, 'member') as more
     from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`,
      )
      expect(rights.length).toBeGreaterThan(5)
      expect(rights.filter(({ more }) => more)).toEqual([])
      // What was applied it reads; who is applying is none of its business.
      expect(rights.filter(({ some }) => !some).map(({ relname }) => relname)).toEqual([
        'kysely_migration_lock',
      ])
      for (const statement of [
        'create table mine (id int)',
        'create temporary table mine (id int)',
        'create schema mine',
        `set role ${service}_owner`,
        'create role mine',
        'drop table outbox',
      ])
        await expect(ask(app, statement), statement).rejects.toThrow(/permission denied|must be owner/)
    },
  )

  test.each(services)("%s's roles come into no other service's database", async (service) => {
    const others = services.filter((other) => other !== service).map((other) => `candor_${other}`)
    for (const role of ['app', 'migrator'] as const) {
      const own = urlOf(service, role)
      expect(await ask(own, 'select current_database() as name')).toEqual([{ name: `candor_${service}` }])
      for (const database of others)
        await expect(ask(databaseUrl(own, { database }), 'select'), database).rejects.toThrow(
          'permission denied',
        )
    }
  })

  test('an app role holds as many connections as the overlay gives it, is nobody else and stands above nothing', async () => {
    const { workloads, environmentOf } = await installation('production')
    const { variables } = environmentOf(
      workloads.find(({ name }) => name.startsWith('provision-databases-'))!,
    )
    const roles = await ask(
      server.url,
      `select rolname, rolconnlimit, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb as above,
       array(select r.rolname::text from pg_auth_members m join pg_roles r on r.oid = m.roleid where m.member = a.oid) as within
     from pg_roles a where rolname ~ '_(app|migrator|owner)$' and rolname !~ '^pg_' order by rolname`,
    )
    expect(roles).toEqual(
      services.toSorted().flatMap((service) => [
        {
          rolname: `${service}_app`,
          rolconnlimit: Number(variables[`${service.toUpperCase()}_CONNECTIONS_MAX`]),
          above: false,
          within: [],
        },
        { rolname: `${service}_migrator`, rolconnlimit: -1, above: false, within: [`${service}_owner`] },
        { rolname: `${service}_owner`, rolconnlimit: -1, above: false, within: [] },
      ]),
    )
  })

  test('who dumps reads every row of every database, whoever they are of, and changes none', async () => {
    const backup = withoutTls(secrets['backup-credentials']!.BACKUP_DATABASE_URL!)
    for (const service of services) {
      const url = backup.replace('@DATABASE@', `candor_${service}`)
      const unread = `select relname from pg_class c where relnamespace = 'public'::regnamespace
        and relkind in ('r', 'p') and (not has_table_privilege(c.oid, 'select') or row_security_active(c.oid))`
      expect(await ask(url, unread), service).toEqual([])
      for (const statement of ['delete from outbox', 'create table mine (id int)', 'create role mine'])
        await expect(ask(url, statement), statement).rejects.toThrow(/permission denied|read-only/)
      const freed = `begin read write; delete from outbox`
      await expect(ask(url, freed)).rejects.toThrow('permission denied')
    }
  })

  test('the Job may run again at any time: a password that was changed in the secret is the new one', async () => {
    const before = urlOf('chat', 'app')
    const fresh = newSecrets({
      databaseHost: `127.0.0.1:${server.port}`,
      smtpUrl: 'smtp://mail',
      paymentApiKey: 'none',
      paymentWebhookSecret: 'none',
    })
    secrets['chat-credentials'] = fresh['chat-credentials']!
    await provision()
    expect(await ask(urlOf('chat', 'app'), 'select 1 as one')).toEqual([{ one: 1 }])
    await expect(ask(before, 'select')).rejects.toThrow('password authentication failed')
  })

  test('while a password is exchanged the Job makes the role of the new one, and the old one goes on', async () => {
    const kept = secrets['chat-credentials']!
    const before = urlOf('chat', 'app')
    const next = databaseUrl(before, { user: 'chat_app_next', password: 'of the next' })
    secrets['chat-credentials'] = { ...kept, DATABASE_URL: next }
    await provision()
    for (const url of [next, before]) expect(await ask(url, 'select from outbox')).toEqual([])
    secrets['chat-credentials'] = kept
  })

  test.each([
    ['another role', (url: string) => databaseUrl(url, { user: 'billing_app' })],
    ['a percent sign that stands for itself', (url: string) => url.replace(/:[^:@]+@/, ':50%off@')],
  ])('an address with %s is refused by its name and without its text', async (_what, spoil) => {
    const wrong = spoil(urlOf('chat', 'app'))
    const kept = secrets['chat-credentials']!
    secrets['chat-credentials'] = { ...kept, DATABASE_URL: wrong }
    const failing = provision()
    await expect(failing).rejects.toThrow('CHAT_DATABASE_URL: names the role chat_app')
    await expect(failing).rejects.not.toThrow(new URL(wrong).password)
    secrets['chat-credentials'] = kept
  })
})
