import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { guard } from '@candor/local/processes/guard'
import { startPostgres } from '@candor/local/servers/postgres-server'

/** Vitest global setup: a PostgreSQL for this run, unless the caller of several runs has started one for all. */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env[postgresVariable]) return undefined
  const dataDir = await mkdtemp(join(tmpdir(), 'candor-test-postgres-'))
  const postgres = await startPostgres({ dataDir, fast: true })
  const release = guard({ pid: postgres.pid, folder: dataDir })
  process.env[postgresVariable] = postgres.url
  return async () => {
    await postgres.stop()
    await rm(dataDir, { recursive: true, force: true })
    await release()
  }
}

/** Address of the test server as its superuser. */
export const postgresVariable = 'CANDOR_TEST_POSTGRES'
