import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { services } from '@candor/contracts/callers'
import type { ServiceName } from '@candor/contracts/callers'
import { natsServerConfig } from '@candor/events/nats-permissions'
import { streamDefinitions } from '@candor/events/stream-definitions'
import { readConfig } from '@candor/local/config'
import { guard } from '@candor/local/processes/guard'
import { startNats } from '@candor/local/servers/nats-server'
import { removePostgresData } from '@candor/local/servers/postgres-place'
import { startPostgres } from '@candor/local/servers/postgres-server'
import { choosePorts } from '@candor/local/stack/ports'
import { migrationProgram, serviceProgram, webProgram } from '@candor/local/stack/programs'
import type { Parts } from '@candor/local/stack/programs'
import { loadSecrets, natsPublicKeys } from '@candor/local/stack/secrets'

/** PostgreSQL and NATS of this machine, empty, and what each program of an image needs to know to use them. */
export async function openPlatform(folder: string): Promise<Platform> {
  await using stack = new AsyncDisposableStack()
  await mkdir(folder)
  // PostgreSQL, which may run under another uid, keeps its own data closed.
  await chmod(folder, 0o755)
  stack.defer(() => removePostgresData(join(folder, 'postgres')))
  const [secrets, ports] = [loadSecrets(folder), await choosePorts(folder)]
  const postgres = await startPostgres({
    dataDir: join(folder, 'postgres'),
    port: ports.postgres,
    fast: true,
  })
  stack.defer(guard({ pid: postgres.pid, folder }))
  stack.defer(() => postgres.stop())
  const configText = natsServerConfig(natsPublicKeys(secrets))
  const nats = await startNats({ storeDir: join(folder, 'nats'), port: ports.nats, configText })
  stack.defer(guard({ pid: nats.pid, folder }))
  stack.defer(() => nats.stop())
  const streamsFile = join(folder, 'streams.json')
  await writeFile(streamsFile, JSON.stringify(streamDefinitions({ replicas: 1 })), { mode: 0o444 })

  const publicUrl = 'http://localhost:8080'
  const config = readConfig()
  const parts: Parts = { config, secrets, ports, publicUrl, postgresUrl: postgres.url, widgetKeyFile: '' }
  const main = (service: string) => {
    const { env } = service === 'web' ? webProgram(parts) : serviceProgram(parts, service as ServiceName)
    // As in production, but shorter: it says that it stops, and goes on answering meanwhile.
    return settingsOf({ ...env, DRAIN_AFTER_MS: '1000', SELLER_VAT_ID: 'IE6388047V' })
  }
  const migrate = (service: string) => settingsOf(migrationProgram(parts, service as ServiceName).env)
  const streams = {
    NATS_URL: nats.url,
    NATS_SEED: secrets.natsSeeds.admin,
    STREAMS_FILE: '/run/streams.json',
  }
  const databases = services.map((service) => [
    [`${service.toUpperCase()}_DATABASE_URL`, main(service).credentials.DATABASE_URL],
    [`${service.toUpperCase()}_MIGRATION_DATABASE_URL`, migrate(service).credentials.MIGRATION_DATABASE_URL],
    [`${service.toUpperCase()}_CONNECTIONS_MAX`, '50'],
  ])
  const opened = stack.move()
  return {
    streamsFile,
    main,
    migrate,
    streams: settingsOf(streams),
    databases: settingsOf({ ADMIN_DATABASE_URL: postgres.url, ...Object.fromEntries(databases.flat()) }),
    doors: (service) => ({
      http: ports[`${service as ServiceName}Http`],
      operations: ports[`${service as ServiceName}Operations`],
    }),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

/** What is secret comes as files, the rest as variables; what only a program in the checkout needs does not come. */
function settingsOf(env: Environment): Settings {
  const settings: Settings = { variables: {}, credentials: {} }
  for (const [name, value = ''] of Object.entries(env))
    if (value !== '' && !ofCheckout.has(name))
      settings[isSecret.test(name) ? 'credentials' : 'variables'][name] = value
  return settings
}

const ofCheckout = new Set(['PATH', 'NODE_COMPILE_CACHE'])
const isSecret = /(DATABASE_URL|SEED|KEY|SECRET)$/

type Environment = Record<string, string | undefined>

/** What a container is given: variables, and files below CREDENTIALS_DIRECTORY. */
export interface Settings {
  readonly variables: Record<string, string>
  readonly credentials: Record<string, string>
}

export interface Platform extends AsyncDisposable {
  /** Defines the streams; the settings `streams` name it as /run/streams.json. */
  readonly streamsFile: string
  main(service: string): Settings
  migrate(service: string): Settings
  readonly streams: Settings
  readonly databases: Settings
  doors(service: string): { http: number; operations: number }
}
