import pg from 'pg'

/**
 * Creates a service's database and its three roles where they are missing: `<service>_owner` owns the schema and
 * cannot log in, `<service>_migrator` may act as the owner, `<service>_app` reads and writes rows and nothing else. What
 * they may do besides is taken away. Of several that run at once, one goes after the other.
 */
export async function provisionDatabase(
  superuserUrl: string,
  options: {
    service: string
    appPassword: string
    /** `<service>_app_next` while a password is exchanged: it may what the app role may, which stays as it is. */
    appRole?: string
    migratorPassword: string
    database?: string
    /** How many connections the app role may hold, so that one service cannot take those of the others. */
    connectionsMax?: number
  },
): Promise<void> {
  const { service, database = `candor_${service}` } = options
  const [owner, migrator, app] = [`${service}_owner`, `${service}_migrator`, `${service}_app`]
  const { appRole = app } = options
  const limit = options.connectionsMax === undefined ? '' : ` connection limit ${options.connectionsMax}`
  await inTurn(superuserUrl, async (client) => {
    await bringRole(client, owner, { attributes: 'nologin' })
    await bringRole(client, migrator, { attributes: login(options.migratorPassword), within: [owner] })
    if (appRole !== app) await bringRole(client, app)
    const within = appRole === app ? [] : [app]
    await bringRole(client, appRole, { attributes: `${login(options.appPassword)}${limit}`, within })
    await bringDatabase(client, database, { owner, users: [migrator, app] })
    await withClient(databaseUrl(superuserUrl, { database }), (inside) =>
      bringRights(inside, { owner, app, others: [migrator, appRole] }),
    )
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
  await inTurn(superuserUrl, async (client) => {
    // Not for a moment without this: a dump may be under way.
    await client.query('begin')
    await bringRole(client, role, { attributes: `${login(password)} connection limit 2`, within: [readAll] })
    await client.query(`alter role ${role} bypassrls`)
    await client.query(`alter role ${role} set default_transaction_read_only = on`)
    for (const database of databases)
      await client.query(`grant connect on database ${pg.escapeIdentifier(database)} to ${role}`)
    await client.query('commit')
  })
}

const readAll = 'pg_read_all_data'

/** `url` with another database, user or password. */
export function databaseUrl(
  url: string,
  parts: { database?: string; user?: string; password?: string },
): string {
  const changed = new URL(url)
  if (parts.database) changed.pathname = `/${encodeURI(parts.database)}`
  if (parts.user) changed.username = parts.user
  if (parts.password) changed.password = encodeURIComponent(parts.password)
  return changed.href
}

/** Creates the role, or takes from it what it should not have, and out of every other that it is in. */
async function bringRole(
  client: pg.Client,
  name: string,
  { attributes = '', within = [] }: { attributes?: string; within?: readonly string[] } = {},
): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [name])
  await client.query(`${rowCount === 0 ? 'create' : 'alter'} role ${name} with ${nothingMore} ${attributes}`)
  const { rows } = await client.query<{ role: string }>(
    'select roleid::regrole::text as role from pg_auth_members where member = $1::regrole',
    [name],
  )
  for (const { role } of rows) if (!within.includes(role)) await client.query(`revoke ${role} from ${name}`)
  for (const role of within) await client.query(`grant ${role} to ${name}`)
}

const nothingMore = 'nosuperuser nocreatedb nocreaterole noreplication nobypassrls'

function login(password: string): string {
  return `login password ${pg.escapeLiteral(password)}`
}

async function bringDatabase(
  client: pg.Client,
  name: string,
  { owner, users }: { owner: string; users: readonly string[] },
): Promise<void> {
  const database = pg.escapeIdentifier(name)
  const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
  await client.query(
    `${rowCount === 0 ? 'create' : 'alter'} database ${database} owner ${rowCount === 0 ? '' : 'to '}${owner}`,
  )
  await client.query(`revoke all on database ${database} from public`)
  await client.query(`grant connect on database ${database} to ${users.join(', ')}`)
}

/** In one transaction: whoever is being served notices nothing. */
async function bringRights(
  client: pg.Client,
  { owner, app, others }: { owner: string; app: string; others: readonly string[] },
): Promise<void> {
  const roles = [...new Set([app, ...others])].join(', ')
  await client.query(`
    begin;
    alter schema public owner to ${owner};
    revoke all on schema public from public, ${roles};
    grant usage on schema public to ${app};
    revoke truncate, references, trigger on all tables in schema public from public, ${roles};
    alter default privileges for role ${owner} in schema public
      grant select, insert, update, delete on tables to ${app};
    alter default privileges for role ${owner} in schema public grant usage on sequences to ${app};
    alter default privileges for role ${owner} in schema public grant execute on functions to ${app};
    commit`)
}

/** Two that make the same role or database at once would fail. */
async function inTurn(superuserUrl: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  await withClient(superuserUrl, async (client) => {
    await client.query(`select pg_advisory_lock(${provisionLock})`)
    await work(client)
  })
}

/** Any number that no other use of advisory locks in the administrator's database takes. */
const provisionLock = 7_003

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    query_timeout: 120_000,
  })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
