import { join } from 'node:path'
import { services } from '@candor/contracts/callers'
import { natsServerConfig } from '@candor/events/nats-permissions'
import { provisionStreams } from '@candor/events/provision-streams'
import { createLogger } from '@candor/runtime/logger'
import { connectNats } from '@candor/runtime/nats'
import { provisionDatabase } from '@candor/runtime/provision-database'
import { keepServer } from '../processes/keep-server.ts'
import { openLogFile } from '../processes/log-file.ts'
import { findNatsServer } from '../servers/find-nats-server.ts'
import { startNats } from '../servers/nats-server.ts'
import { startPostgres } from '../servers/postgres-server.ts'
import type { Context } from './context.ts'
import { natsPublicKeys } from './secrets.ts'

/** PostgreSQL with each service's database and roles. Returns its address as superuser. */
export async function startDatabases({
  config,
  progress,
  secrets,
  ports,
  children,
  stops,
  stopping,
}: Context): Promise<string> {
  const log = openLogFile(join(config.dataDir, 'logs/postgres.log'))
  const kept = await progress.step('postgres', () =>
    keepServer({
      name: 'postgres',
      report: progress.report,
      children,
      stopping,
      start: () =>
        startPostgres({
          dataDir: join(config.dataDir, 'postgres'),
          port: ports.postgres,
          log: (line) => log.write(`${line}\n`),
          notice: progress.report,
        }),
    }),
  )
  stops.servers.push(kept.stop)
  await progress.step('databases', async () => {
    // One after the other: roles belong to the whole server, and creating databases at once makes them wait anyway.
    for (const service of services) {
      const { app, migrator } = secrets.databasePasswords[service]
      await provisionDatabase(kept.server.url, { service, appPassword: app, migratorPassword: migrator })
    }
  })
  return kept.server.url
}

/** NATS with a user for each service, and the streams. */
export async function startStreams({
  config,
  progress,
  secrets,
  ports,
  children,
  stops,
  stopping,
}: Context): Promise<void> {
  const log = openLogFile(join(config.dataDir, 'logs/nats.log'))
  await progress.step('nats', async () => {
    const binary = await findNatsServer(config.tools, progress.report)
    const kept = await keepServer({
      name: 'nats',
      report: progress.report,
      children,
      stopping,
      start: () =>
        startNats({
          storeDir: join(config.dataDir, 'nats'),
          configText: natsServerConfig(natsPublicKeys(secrets)),
          port: ports.nats,
          binary,
          log: (line) => log.write(`${line}\n`),
        }),
    })
    stops.servers.push(kept.stop)
    const silent = createLogger({ service: 'local', level: 'silent' })
    const { url } = kept.server
    const admin = await connectNats({ url, seed: secrets.natsSeeds.admin, name: 'admin', log: silent })
    await provisionStreams(admin).finally(() => admin.close())
  })
}
