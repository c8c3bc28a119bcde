import { readFileSync } from 'node:fs'
import type { StreamDefinitions } from '@candor/events/stream-definitions'
import { provisionStreams } from '@candor/events/provision-streams'
import { createLogger } from '@candor/runtime/logger'
import { closeNats, connectNats } from '@candor/runtime/nats'
import { databaseUrl, provisionDatabase } from '@candor/runtime/provision-database'
import { DatabasesEnvironment, databasesOf, StreamsEnvironment } from './provision-config.ts'
import { readOrExit } from './run.ts'

/**
 * What an installation needs before its services: `provision streams` as NATS's admin, `provision databases` as
 * PostgreSQL's. Each may be run again at any time and brings what exists to what is wanted.
 */
async function main(what: string | undefined): Promise<void> {
  if (what === 'streams') return makeStreams()
  if (what === 'databases') return makeDatabases()
  process.stderr.write('say what to provision: streams or databases\n')
  process.exitCode = 2
}

async function makeStreams(): Promise<void> {
  const config = readOrExit(StreamsEnvironment)
  const log = createLogger({ service: 'admin', level: config.LOG_LEVEL })
  const definitions = JSON.parse(readFileSync(config.STREAMS_FILE, 'utf8')) as StreamDefinitions
  const nats = await connectNats({
    url: config.NATS_URL,
    caFile: config.NATS_CA_FILE,
    seed: config.NATS_SEED,
    name: 'admin',
    log,
  })
  await provisionStreams(nats, definitions).finally(() => closeNats(nats))
  log.info(
    { streams: definitions.streams.length, consumers: definitions.consumers.length },
    'streams are there',
  )
}

/** A password is what the address says that the service is given: there is no second place to keep in step. */
async function makeDatabases(): Promise<void> {
  const config = readOrExit(DatabasesEnvironment)
  const log = createLogger({ service: 'admin', level: config.LOG_LEVEL })
  for (const { service, app, migrator, connectionsMax } of databasesOf(config)) {
    await provisionDatabase(databaseUrl(config.ADMIN_DATABASE_URL, { database: 'postgres' }), {
      service,
      database: app.pathname.slice(1),
      appPassword: decodeURIComponent(app.password),
      migratorPassword: decodeURIComponent(migrator.password),
      connectionsMax,
    })
    log.info({ database: app.pathname.slice(1) }, 'database is there')
  }
}

await main(process.argv[2])
