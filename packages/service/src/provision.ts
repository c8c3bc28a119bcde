import { readFileSync } from 'node:fs'
import { services } from '@candor/contracts/callers'
import type { ServiceName } from '@candor/contracts/callers'
import type { StreamDefinitions } from '@candor/events/stream-definitions'
import { provisionStreams } from '@candor/events/provision-streams'
import { restoreSnapshot, takeSnapshot } from '@candor/events/snapshots'
import { tellAgain } from '@candor/events/tell-again'
import { createLogger } from '@candor/runtime/logger'
import type { Log } from '@candor/runtime/logger'
import { closeNats, connectNats } from '@candor/runtime/nats'
import { databaseUrl, provisionBackupRole, provisionDatabase } from '@candor/runtime/provision-database'
import {
  DatabasesEnvironment,
  databasesOf,
  RestoreEnvironment,
  SnapshotEnvironment,
  StreamsEnvironment,
} from './provision-config.ts'
import type { NatsConnection } from '@nats-io/transport-node'
import type { z } from 'zod'
import { readOrExit } from './run.ts'

/**
 * What an installation needs before its services: `provision streams` as NATS's admin, `provision databases` as
 * PostgreSQL's. Each may be run again at any time and brings what exists to what is wanted. `provision tell-again SERVICE...`
 * is for services whose databases were restored: they are told every event that the broker has once more.
 * `provision snapshot-streams` copies the streams, and `provision restore-streams [SNAPSHOT]` makes them from a copy.
 */
async function main([what, ...names]: string[]): Promise<void> {
  if (what === 'streams') return makeStreams()
  if (what === 'databases') return makeDatabases()
  if (what === 'snapshot-streams') return copyStreams()
  if (what === 'restore-streams') return bringBackStreams(names[0])
  const told = services.filter((service) => names.includes(service))
  if (what === 'tell-again' && names.length > 0 && told.length === names.length) return tellThem(told)
  process.stderr.write(
    'say what to do: streams, databases, snapshot-streams, restore-streams, or tell-again and which services\n',
  )
  process.exitCode = 2
}

async function makeStreams(): Promise<void> {
  const config = readOrExit(StreamsEnvironment)
  const log = createLogger({ service: 'admin', level: config.LOG_LEVEL })
  const definitions = JSON.parse(readFileSync(config.STREAMS_FILE, 'utf8')) as StreamDefinitions
  const nats = await connectAs('admin', config, log)
  await provisionStreams(nats, definitions).finally(() => closeNats(nats))
  log.info(
    { streams: definitions.streams.length, consumers: definitions.consumers.length },
    'streams are there',
  )
}

async function tellThem(told: readonly ServiceName[]): Promise<void> {
  const config = readOrExit(StreamsEnvironment)
  const log = createLogger({ service: 'admin', level: config.LOG_LEVEL })
  const nats = await connectAs('admin', config, log)
  await tellAgain(nats, told).finally(() => closeNats(nats))
  log.info({ count: told.length }, 'services are told again')
}

async function copyStreams(): Promise<void> {
  const config = readOrExit(SnapshotEnvironment)
  const log = createLogger({ service: 'backup', level: config.LOG_LEVEL })
  const nats = await connectAs('backup', config, log)
  const { SNAPSHOT_FOLDER: folder, SNAPSHOTS_KEPT: keep } = config
  const snapshot = await takeSnapshot(nats, { folder, keep, now: new Date() }).finally(() => closeNats(nats))
  log.info({ snapshot }, 'streams are copied')
}

async function bringBackStreams(name: string | undefined): Promise<void> {
  const config = readOrExit(RestoreEnvironment)
  const log = createLogger({ service: 'admin', level: config.LOG_LEVEL })
  const nats = await connectAs('admin', config, log)
  const from = { folder: config.SNAPSHOT_FOLDER, name, now: new Date() }
  const snapshot = await restoreSnapshot(nats, from).finally(() => closeNats(nats))
  log.info({ snapshot }, 'streams are as they were in the copy')
}

function connectAs(
  user: 'admin' | 'backup',
  config: z.infer<typeof RestoreEnvironment> | z.infer<typeof StreamsEnvironment>,
  log: Log,
): Promise<NatsConnection> {
  const { NATS_URL: url, NATS_CA_FILE: caFile, NATS_SEED: seed } = config
  return connectNats({ url, caFile, seed, name: user, log })
}

/** A password is what the address says that the service is given: there is no second place to keep in step. */
async function makeDatabases(): Promise<void> {
  const config = readOrExit(DatabasesEnvironment)
  const log = createLogger({ service: 'admin', level: config.LOG_LEVEL })
  const databases = databasesOf(config)
  for (const { service, app, migrator, connectionsMax } of databases) {
    await provisionDatabase(databaseUrl(config.ADMIN_DATABASE_URL, { database: 'postgres' }), {
      service,
      database: app.database,
      appRole: app.role,
      appPassword: app.password,
      migratorPassword: migrator.password,
      connectionsMax,
    })
    log.info({ database: app.database }, 'database is there')
  }
  if (config.BACKUP_DATABASE_URL) {
    await provisionBackupRole(databaseUrl(config.ADMIN_DATABASE_URL, { database: 'postgres' }), {
      password: decodeURIComponent(new URL(config.BACKUP_DATABASE_URL).password),
      databases: databases.map(({ app }) => app.database),
    })
    log.info({}, 'the role that makes dumps is there')
  }
}

await main(process.argv.slice(2))
