import { join } from 'node:path'
import { guardedFolder } from '@candor/local/processes/guarded-folder'
import { startPostgres } from '@candor/local/servers/postgres-server'

/** Vitest global setup: a PostgreSQL for this run, unless the caller of several runs has started one for all. */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env[postgresVariable]) return undefined
  const folder = guardedFolder('test-postgres')
  const postgres = await startPostgres({ dataDir: join(folder.path, 'postgres'), fast: true })
  folder.guard(postgres.pid)
  process.env[postgresVariable] = postgres.url
  return async () => {
    await postgres.stop()
    await folder[Symbol.asyncDispose]()
  }
}

/** Address of the test server as its superuser. */
export const postgresVariable = 'CANDOR_TEST_POSTGRES'
