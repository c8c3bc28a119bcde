import { createHash, randomBytes } from 'node:crypto'
import { createLogger } from '@candor/runtime/logger'
import { migrate } from '@candor/runtime/migrate'
import type { NamedMigration } from '@candor/runtime/migrate'
import { databaseUrl, provisionDatabase } from '@candor/runtime/provision-database'
import pg from 'pg'
import { postgresVariable } from './postgres-setup.ts'

/**
 * A database of its own for a test file, copied from a template that has the service's migrations applied and with
 * the service's three roles. It goes with its holder.
 */
export async function createTestDatabase(options: {
  service: string
  migrations: readonly NamedMigration[]
}): Promise<TestDatabase> {
  const server = process.env[postgresVariable]
  if (!server) throw new Error('no test PostgreSQL: is the workspace configured by vitestConfig()?')
  const { service } = options
  const template = templateName(options)
  await withAdvisoryLock(server, template, () => prepareTemplate(server, options, template))
  const database = `test_${service}_${randomBytes(6).toString('hex')}`
  await run(server, `create database ${database} template ${template}`)
  const url = (user: string) => databaseUrl(server, { database, user, password })
  const roles = { service, appPassword: password, migratorPassword: password, database }
  const letIn = async () => {
    // What a template grants on itself is not copied.
    await run(server, `revoke all on database ${database} from public`)
    await run(server, `grant connect on database ${database} to ${service}_migrator, ${service}_app`)
  }
  await letIn()
  const backups: string[] = []
  return {
    async backUp() {
      const backup = `${database}_backup${backups.length}`
      await run(server, `create database ${backup} template ${database}`)
      backups.push(backup)
      return async () => {
        await run(server, `drop database ${database} with (force)`)
        await run(server, `create database ${database} template ${backup}`)
        await letIn()
      }
    },
    async empty() {
      await run(server, `drop database ${database} with (force)`)
      await provisionDatabase(server, roles)
    },
    appUrl: url(`${service}_app`),
    migratorUrl: url(`${service}_migrator`),
    superuserUrl: databaseUrl(server, { database }),
    async [Symbol.asyncDispose]() {
      // PostgreSQL waits a moment for pools that have just ended; being thrown out would reach them as an error.
      await run(server, `drop database if exists ${database}`).catch(() =>
        run(server, `drop database if exists ${database} with (force)`),
      )
      for (const backup of backups) await run(server, `drop database if exists ${backup}`)
    },
  }
}

export interface TestDatabase extends AsyncDisposable {
  appUrl: string
  migratorUrl: string
  superuserUrl: string
  /** Copies the whole database as it is, while nobody uses it. Answers how to put the copy in its place. */
  backUp(): Promise<() => Promise<void>>
  /** Puts an empty database in its place, as an installation begins with. */
  empty(): Promise<void>
}

/** Only for a server on loopback that lives as long as a test run. */
const password = 'test'

async function prepareTemplate(
  server: string,
  { service, migrations }: { service: string; migrations: readonly NamedMigration[] },
  template: string,
): Promise<void> {
  const exists = await run(server, `select from pg_database where datname = '${template}' and datistemplate`)
  if (exists > 0) return
  await run(server, `drop database if exists ${template}`)
  await provisionDatabase(server, {
    service,
    appPassword: password,
    migratorPassword: password,
    database: template,
  })
  const url = databaseUrl(server, { database: template, user: `${service}_migrator`, password })
  await migrate({ url, service, migrations, log: createLogger({ service, level: 'silent' }) })
  await run(server, `alter database ${template} is_template true`)
}

/** Changes whenever a migration's code does. */
function templateName({
  service,
  migrations,
}: {
  service: string
  migrations: readonly NamedMigration[]
}): string {
  const text = migrations.map(({ name, up }) => `${name}\n${up.toString()}`).join('\n')
  return `template_${service}_${createHash('sha256').update(text).digest('hex').slice(0, 12)}`
}

async function withAdvisoryLock(server: string, name: string, work: () => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock(hashtext($1))', [name.split('_')[1]])
    await work()
  } finally {
    await client.end()
  }
}

async function run(server: string, statement: string): Promise<number> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    return (await client.query(statement)).rowCount ?? 0
  } finally {
    await client.end()
  }
}
