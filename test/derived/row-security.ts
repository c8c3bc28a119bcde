import type { Stack } from '../stack.ts'
import type { ServiceName } from '@candor/contracts/callers'
import { asApp, asSuperuser, tenantTables } from './tenant-tables.ts'
import type { Connection, TenantTable } from './tenant-tables.ts'

/** Tables that PostgreSQL itself keeps apart by tenant, for the tables' owner too. */
export async function protectedTables(stack: Stack, service: ServiceName): Promise<TenantTable[]> {
  await using database = asSuperuser(stack, service)
  const rows = await database.query(`
    select relname from pg_class where relnamespace = 'public'::regnamespace and relrowsecurity and relforcerowsecurity`)
  const names = rows.map(({ relname }) => relname)
  return tenantTables[service].filter(({ table }) => names.includes(table))
}

/**
 * What a service's role gets at of another tenant's rows, with its transaction set to one tenant and statements that ask
 * for everything: to read, change, delete, move and put in. `tried`: how many rows there were to get at.
 */
export async function breakIns(
  stack: Stack,
  service: ServiceName,
  { tables, mine, theirs }: { tables: readonly TenantTable[]; mine: string; theirs: string },
): Promise<{ found: string[]; tried: number }> {
  await using app = asApp(stack, service)
  await using superuser = asSuperuser(stack, service)
  const found: string[] = []
  let tried = 0
  for (const { table, tenant } of tables) {
    const foreign = await superuser.query(`select to_json(t) as row from ${table} t where ${tenant} = $1`, [
      theirs,
    ])
    tried += foreign.length
    const columns = await columnsOf(superuser, table)
    const attempts: [string, string, unknown[]][] = [
      ['reads', `select from ${table} where ${tenant} is distinct from $1`, [mine]],
      ['changes', `update ${table} set ${tenant} = ${tenant} where ${tenant} <> $1`, [mine]],
      ['deletes', `delete from ${table} where ${tenant} <> $1`, [mine]],
      ['gives away', `update ${table} set ${tenant} = $1`, [theirs]],
      ...foreign.slice(0, 1).map(({ row }): [string, string, unknown[]] => [
        'puts in',
        `insert into ${table} (${columns}) overriding system value
          select ${columns} from json_populate_record(null::${table}, $1)`,
        [JSON.stringify(row)],
      ]),
    ]
    for (const [what, text, values] of attempts) {
      const got = await attempt(app, mine, text, values)
      if (got) found.push(`${service}: ${what} ${table}, ${got}`)
    }
    const unnamed = await attempt(app, '', `select from ${table}`, [])
    if (unnamed) found.push(`${service}: reads ${table} for no tenant, ${unnamed}`)
  }
  return { found, tried }
}

/** Takes row-level security away, to show that what it holds off is found without it. */
export async function unprotect(
  stack: Stack,
  service: ServiceName,
  tables: readonly TenantTable[],
): Promise<void> {
  await using database = asSuperuser(stack, service)
  for (const { table } of tables) await database.query(`alter table ${table} disable row level security`)
}

/** What a statement gets at, if anything. Nothing of it stays. */
async function attempt(
  app: Connection,
  tenant: string,
  text: string,
  values: unknown[],
): Promise<string | undefined> {
  await app.query('begin')
  try {
    await app.query(`select set_config('app.tenants', $1, true)`, [tenant])
    const { affected } = await app.query(text, values)
    return affected > 0 ? `${affected} rows` : undefined
  } catch (err) {
    const { code, message } = err as Error & { code?: string }
    // Insufficient privilege. Whatever else stood in the way, row-level security did not.
    return code === '42501' ? undefined : message
  } finally {
    await app.query('rollback')
  }
}

/** Those that can be given a value. */
async function columnsOf(superuser: Connection, table: string): Promise<string> {
  const rows = await superuser.query(
    `select quote_ident(attname) as name from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    [table],
  )
  return rows.map(({ name }) => name).join()
}
