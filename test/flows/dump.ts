import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { ServiceName } from '@candor/contracts/callers'
import { databaseUrl } from '@candor/runtime/provision-database'
import type { TestDatabase } from '@candor/testing/test-database'
import pg from 'pg'

const run = promisify(execFile)
const root = new URL('../..', import.meta.url).pathname

/** Dumps a database into `file` as the scheduled job does: as its role, in PostgreSQL's custom format, while it is used. */
export async function dumpDatabase(tools: string, database: TestDatabase, file: string): Promise<void> {
  const client = new pg.Client(database.superuserUrl)
  await client.connect()
  await client.query(await readFile(join(root, 'deploy/components/backup/role.sql'), 'utf8'))
  await client.query("alter role candor_backup password 'test'")
  await client.query(
    `grant connect on database ${client.escapeIdentifier(client.database!)} to candor_backup`,
  )
  await client.end()
  const url = databaseUrl(database.superuserUrl, { user: 'candor_backup', password: 'test' })
  await run(join(tools, 'pg_dump'), ['--format=custom', `--file=${file}`, url])
}

/** Fills an empty database from a dump, as docs/operations.md says: all of it or nothing, and everything is the owner's. */
export async function restoreDatabase(
  tools: string,
  service: ServiceName,
  database: TestDatabase,
  file: string,
): Promise<void> {
  await database.empty()
  const how = ['--single-transaction', '--exit-on-error', '--no-owner', `--role=${service}_owner`]
  await run(join(tools, 'pg_restore'), [...how, `--dbname=${database.superuserUrl}`, file])
}
