import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { services } from '@candor/contracts/callers'
import type { ServiceName } from '@candor/contracts/callers'
import { natsServerConfig } from '@candor/events/nats-permissions'
import { provisionStreams } from '@candor/events/provision-streams'
import { createLogger } from '@candor/runtime/logger'
import { connectNats } from '@candor/runtime/nats'
import { provisionDatabase } from '@candor/runtime/provision-database'
import { buildProgram } from './build-pages.ts'
import type { LocalConfig } from './config.ts'
import { provideDemoBusiness } from './demo-business.ts'
import type { DemoBusiness } from './demo-business.ts'
import { startGateway, startShopGateway } from './gateway/gateway.ts'
import type { Gateway } from './gateway/gateway.ts'
import { startMailSink } from './mail-sink/mail-sink.ts'
import { choosePorts } from './ports.ts'
import type { Ports } from './ports.ts'
import { keepServer } from './processes/keep-server.ts'
import { endLeftovers, rememberChildren } from './processes/leftovers.ts'
import { openLogFile } from './processes/log-file.ts'
import { acquireRunLock } from './processes/run-lock.ts'
import { createSupervisor } from './processes/supervisor.ts'
import { migrationProgram, paymentsProgram, serviceProgram, webProgram } from './programs.ts'
import type { Parts } from './programs.ts'
import { loadSecrets, natsPublicKeys } from './secrets.ts'
import type { Secrets } from './secrets.ts'
import { findNatsServer } from './servers/find-nats-server.ts'
import { startNats } from './servers/nats-server.ts'
import { startPostgres } from './servers/postgres-server.ts'

/**
 * Starts the whole platform on this machine. What starts first stops last; a start that fails half-way stops what it
 * had started.
 */
export async function startStack(config: LocalConfig, progress: Progress): Promise<Stack> {
  await using started = new AsyncDisposableStack()
  const { dataDir } = config
  mkdirSync(dataDir, { recursive: true })
  const lock = acquireRunLock(dataDir)
  started.defer(lock.release)
  const childrenNote = join(dataDir, 'children.json')
  const left = await endLeftovers(childrenNote)
  if (left > 0) progress.report(`ended ${left} processes that the last run left behind`)

  const context: Context = {
    config,
    progress,
    started,
    secrets: loadSecrets(dataDir),
    ports: await choosePorts(dataDir),
    children: rememberChildren(childrenNote),
    stopping: stopClock(),
  }
  // First of all, so that a port that is taken is known at once, and an early visitor finds a page that waits.
  const gateway = await openGateway(context)
  const shop = config.shopPort === undefined ? undefined : await openShop(context, config.shopPort)
  const publicUrl = `http://localhost:${gateway.port}`

  const mail = await startMail(context)
  const [postgresUrl] = await Promise.all([provideDatabases(context), provideStreams(context)])
  const parts: Parts = { ...context, publicUrl, postgresUrl }
  const widgetKeyFile = join(dataDir, 'widget-key')
  await startPrograms(context, parts, widgetKeyFile)

  const demo = await progress.step('demo business', () =>
    provideDemoBusiness({ path: join(dataDir, 'demo.json'), publicUrl, mails: mail.messages }),
  )
  writeFileSync(widgetKeyFile, demo.widgetKey ?? '')
  const running = started.move()
  return {
    publicUrl,
    shopUrl: shop ? `http://localhost:${shop.port}/` : `${publicUrl}/shop`,
    paymentsUrl: `http://localhost:${context.ports.payments}`,
    demo,
    parts,
    stop: () => running.disposeAsync(),
  }
}

async function openGateway({ config, ports, started }: Context): Promise<Gateway> {
  const doors = services.map((service) => [service, ports[`${service}Http`]])
  const backends = { services: Object.fromEntries(doors), web: ports.webHttp, mail: ports.mail }
  const gateway = await namingPort(config.port, 'CANDOR_PORT', () =>
    startGateway({ port: config.port, backends }),
  )
  started.defer(gateway.stop)
  return gateway
}

async function openShop({ ports, started }: Context, port: number): Promise<Gateway> {
  const shop = await namingPort(port, 'CANDOR_SHOP_PORT', () =>
    startShopGateway({ port, webPort: ports.webHttp }),
  )
  started.defer(shop.stop)
  return shop
}

async function namingPort<T>(port: number, variable: string, listen: () => Promise<T>): Promise<T> {
  try {
    return await listen()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error
    const why = code === 'EACCES' ? 'may not be used by an ordinary user' : 'is taken by another program'
    throw new Error(
      `Port ${port} ${why}. Stop that program or choose another port, for example ${variable}=${port + 1}.`,
    )
  }
}

async function startMail({ config, ports, started }: Context) {
  const folder = join(config.dataDir, 'mail')
  const mail = await startMailSink({ folder, smtpPort: ports.smtp, httpPort: ports.mail })
  started.defer(mail.stop)
  return mail
}

async function provideDatabases({
  config,
  progress,
  secrets,
  ports,
  children,
  started,
  stopping,
}: Context): Promise<string> {
  const log = openLogFile(join(config.dataDir, 'logs/postgres.log'))
  const kept = await progress.step('postgres', () =>
    keepServer({
      name: 'postgres',
      report: progress.report,
      children,
      start: () =>
        startPostgres({
          dataDir: join(config.dataDir, 'postgres'),
          port: ports.postgres,
          log: (line) => {
            log.write(`${line}\n`)
            if (line.includes('cannot reach')) progress.report(line)
          },
        }),
    }),
  )
  started.defer(() => kept.stop(stopping.leftMs()))
  await progress.step('databases', async () => {
    // One after the other: roles belong to the whole server, and creating databases at once makes them wait anyway.
    for (const service of services) {
      const { app, migrator } = secrets.databasePasswords[service]
      await provisionDatabase(kept.server.url, { service, appPassword: app, migratorPassword: migrator })
    }
  })
  return kept.server.url
}

async function provideStreams({
  config,
  progress,
  secrets,
  ports,
  children,
  started,
  stopping,
}: Context): Promise<void> {
  const log = openLogFile(join(config.dataDir, 'logs/nats.log'))
  await progress.step('nats', async () => {
    const binary = await findNatsServer(config.tools, progress.report)
    const kept = await keepServer({
      name: 'nats',
      report: progress.report,
      children,
      start: () =>
        startNats({
          storeDir: join(config.dataDir, 'nats'),
          configText: natsServerConfig(natsPublicKeys(secrets)),
          port: ports.nats,
          binary,
          log: (line) => log.write(`${line}\n`),
        }),
    })
    started.defer(() => kept.stop(stopping.leftMs()))
    const silent = createLogger({ service: 'local', level: 'silent' })
    const admin = await connectNats({
      url: kept.server.url,
      seed: secrets.natsSeeds.admin,
      name: 'admin',
      log: silent,
    })
    await provisionStreams(admin).finally(() => admin.close())
  })
}

async function startPrograms(context: Context, parts: Parts, widgetKeyFile: string): Promise<void> {
  const { config, progress, children, started, stopping } = context
  const supervisor = createSupervisor({
    logDir: join(config.dataDir, 'logs'),
    report: progress.report,
    children,
  })
  started.defer(() => supervisor.stop(stopping.leftMs() - serversMs))
  const startService = (service: ServiceName) =>
    progress.step(service, async () => {
      await supervisor.run(migrationProgram(parts, service))
      await supervisor.start(serviceProgram(parts, service))
    })
  await Promise.all([
    progress.step('payments', () => supervisor.start(paymentsProgram(parts))),
    progress.step('web', async () => {
      await supervisor.run(buildProgram(config))
      await supervisor.start(webProgram(parts, widgetKeyFile))
    }),
    ...services.map(startService),
  ])
}

/** The time that stopping may take, counted from when it begins. */
function stopClock(): { leftMs: () => number } {
  let endsAt: number | undefined
  return { leftMs: () => (endsAt ??= Date.now() + stopMs) - Date.now() }
}

const stopMs = 4_600
/** What of it is kept for PostgreSQL, which writes everything down before it ends, and NATS. */
const serversMs = 1_800

interface Context {
  config: LocalConfig
  progress: Progress
  started: AsyncDisposableStack
  secrets: Secrets
  ports: Ports
  children: ReturnType<typeof rememberChildren>
  stopping: ReturnType<typeof stopClock>
}

/** How the stack tells what it does. */
export interface Progress {
  step<T>(name: string, work: () => Promise<T>): Promise<T>
  report(line: string): void
}

export interface Stack {
  readonly publicUrl: string
  readonly shopUrl: string
  readonly paymentsUrl: string
  readonly demo: DemoBusiness
  readonly parts: Parts
  /** Ends everything in the reverse order of its start. */
  stop(): Promise<void>
}
