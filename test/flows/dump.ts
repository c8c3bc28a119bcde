import { execFile } from 'node:child_process'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { ServiceName } from '@candor/contracts/callers'
import { databaseUrl, provisionBackupRole } from '@candor/runtime/provision-database'
import type { TestDatabase } from '@candor/testing/test-database'
import pg from 'pg'

const run = promisify(execFile)
const backup = new URL('../../deploy/components/backup', import.meta.url).pathname

/** Dumps a database while it is used, by the script and the role of the scheduled job. Answers the file. */
export async function dumpDatabase(tools: string, database: TestDatabase, folder: string): Promise<string> {
  const client = new pg.Client(database.superuserUrl)
  const name = client.database!
  await provisionBackupRole(database.superuserUrl, { password: 'test', databases: [name] })
  const target = join(folder, name)
  await mkdir(target)
  const url = databaseUrl(database.superuserUrl, { user: 'candor_backup', password: 'test' })
  await writeFile(join(folder, 'BACKUP_DATABASE_URL'), url.replace(name, '@DATABASE@'))
  await run('sh', [join(backup, 'dump.sh')], {
    env: {
      PATH: `${tools}:${process.env.PATH}`,
      CREDENTIALS_DIRECTORY: folder,
      BACKUP_FOLDER: target,
      DATABASES: name,
      KEEP_DAYS: '1',
    },
  })
  const [made] = await readdir(target)
  return join(target, made!, `${name}.dump`)
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
