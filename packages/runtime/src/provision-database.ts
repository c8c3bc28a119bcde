import pg from 'pg'

/**
 * Creates a service's database and its three roles where they are missing: `<service>_owner` owns the schema and
 * cannot log in, `<service>_migrator` may act as the owner, `<service>_app` reads and writes rows and nothing else.
 */
export async function provisionDatabase(
  superuserUrl: string,
  options: {
    service: string
    appPassword: string
    migratorPassword: string
    database?: string
    /** How many connections the app role may hold, so that one service cannot take those of the others. */
    connectionsMax?: number
  },
): Promise<void> {
  const { service, database = `candor_${service}` } = options
  const [owner, migrator, app] = [`${service}_owner`, `${service}_migrator`, `${service}_app`]
  await withClient(superuserUrl, async (client) => {
    await createRole(client, owner, 'nologin')
    await createRole(client, migrator, `login password ${pg.escapeLiteral(options.migratorPassword)}`)
    const limit = options.connectionsMax === undefined ? '' : ` connection limit ${options.connectionsMax}`
    await createRole(client, app, `login password ${pg.escapeLiteral(options.appPassword)}${limit}`)
    await client.query(`grant ${owner} to ${migrator}`)
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database])
    if (rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(database)} owner ${owner}`)
    await client.query(`revoke all on database ${pg.escapeIdentifier(database)} from public`)
    await client.query(`grant connect on database ${pg.escapeIdentifier(database)} to ${migrator}, ${app}`)
  })
  await withClient(databaseUrl(superuserUrl, { database }), async (client) => {
    await client.query(`alter schema public owner to ${owner}`)
    await client.query('revoke all on schema public from public')
    await client.query(`grant usage on schema public to ${app}`)
    for (const grant of [
      'select, insert, update, delete on tables',
      'usage on sequences',
      'execute on functions',
    ]) {
      await client.query(
        `alter default privileges for role ${owner} in schema public grant ${grant} to ${app}`,
      )
    }
  })
}

/**
 * Creates who dumps databases: reads every row and changes none. Row-level security is passed by, or a dump would hold
 * what one tenant sees, and say nothing about it.
 */
export async function provisionBackupRole(
  superuserUrl: string,
  { password, databases }: { password: string; databases: readonly string[] },
): Promise<void> {
  const role = 'candor_backup'
  await withClient(superuserUrl, async (client) => {
    await createRole(client, role, `login password ${pg.escapeLiteral(password)} connection limit 2`)
    await client.query(`alter role ${role} bypassrls`)
    await client.query(`alter role ${role} set default_transaction_read_only = on`)
    await client.query(`grant pg_read_all_data to ${role}`)
    for (const database of databases)
      await client.query(`grant connect on database ${pg.escapeIdentifier(database)} to ${role}`)
  })
}

/** `url` with another database, user or password. */
export function databaseUrl(
  url: string,
  parts: { database?: string; user?: string; password?: string },
): string {
  const changed = new URL(url)
  if (parts.database) changed.pathname = `/${parts.database}`
  if (parts.user) changed.username = parts.user
  if (parts.password) changed.password = encodeURIComponent(parts.password)
  return changed.href
}

async function createRole(client: pg.Client, name: string, attributes: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [name])
  await client.query(
    `${rowCount === 0 ? 'create' : 'alter'} role ${name} with nosuperuser nobypassrls ${attributes}`,
  )
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
