import { join } from 'node:path'
import { services } from '@candor/contracts/callers'
import type { ServiceName } from '@candor/contracts/callers'
import { readConfig } from '@candor/local/config'
import { startGateway } from '@candor/local/gateway/gateway'
import { startMailSink } from '@candor/local/mail-sink/mail-sink'
import { startPayments } from '@candor/local/payments/payments'
import { guardedFolder } from '@candor/local/processes/guarded-folder'
import { createSupervisor } from '@candor/local/processes/supervisor'
import type { Supervisor } from '@candor/local/processes/supervisor'
import { choosePorts } from '@candor/local/stack/ports'
import { inboundDomain, migrationProgram, serviceProgram } from '@candor/local/stack/programs'
import { loadSecrets } from '@candor/local/stack/secrets'
import { databaseUrl } from '@candor/runtime/provision-database'
import { startLine } from '@candor/testing/line'
import type { Line } from '@candor/testing/line'
import { guardChild } from './guard-children.ts'
import type { Guarded } from './guard-children.ts'
import { startBroker, startDatabases } from './start-servers.ts'
import type { Broker } from './start-servers.ts'

/**
 * The five services as processes of their own, with a durable PostgreSQL and NATS of their own, behind the public
 * address. What ends is started again; each service reaches the servers by lines that can be cut.
 */
export async function startPlatform(options: PlatformOptions = {}): Promise<Platform> {
  await using stack = new AsyncDisposableStack()
  const { path: folder } = stack.use(guardedFolder('chaos'))
  const config = readConfig({ ...process.env, CANDOR_DATA: folder, LOG_LEVEL: 'info' })
  const secrets = loadSecrets(folder)
  const { say = () => {} } = options
  const unexpected: string[] = []
  const report = (line: string) => {
    if (!/SIGKILL|exit code 0|is ready again/.test(line)) unexpected.push(line)
  }
  say('starting PostgreSQL and NATS')
  const [databases, broker] = await Promise.all([
    startDatabases(folder, secrets, report),
    startBroker(folder, secrets, report),
  ])
  stack.defer(() => Promise.all([databases.stop(), broker.stop()]).then(() => {}))

  const ports = await choosePorts(folder)
  const mail = await startMailSink({
    folder: join(folder, 'mail'),
    smtpPort: ports.smtp,
    httpPort: ports.mail,
    inbound: { domain: inboundDomain, port: ports.chatMail },
  })
  stack.defer(mail.stop)
  const payments = await startPayments({
    HTTP_PORT: ports.payments,
    DATA_FILE: join(folder, 'payments.json'),
    PAYMENT_API_KEY: secrets.paymentApiKey,
    PAYMENT_WEBHOOK_SECRET: secrets.paymentWebhookSecret,
  })
  stack.defer(() => payments.stop())
  const gateway = await startGateway({
    port: 0,
    backends: {
      services: Object.fromEntries(services.map((name) => [name, ports[`${name}Http`]])),
      web: ports.webHttp,
      mail: ports.mail,
    },
  })
  stack.defer(gateway.stop)
  const publicUrl = `http://localhost:${gateway.port}`
  const toMail = stack.use(await startLine(mail.smtpUrl))
  const lines: Record<string, Line> = { mail: toMail }
  const children: Record<string, Guarded> = { postgres: databases.children, nats: broker.children }

  for (const service of services) {
    lines[`${service}-postgres`] = stack.use(await startLine(databases.url))
    lines[`${service}-nats`] = stack.use(await startLine(broker.url))
  }
  const supervisors: Supervisor[] = []
  stack.defer(() => Promise.all(supervisors.map((one) => one.stop(8_000))).then(() => {}))

  async function start(service: ServiceName) {
    children[service] = guardChild(folder)
    const supervisor = createSupervisor({
      logDir: join(folder, 'logs'),
      report,
      children: children[service],
      backoffMs: { first: 50, most: 50 },
    })
    supervisors.push(supervisor)
    const nats = Number(new URL(lines[`${service}-nats`]!.url).port)
    const parts = {
      config,
      publicUrl,
      secrets,
      widgetKeyFile: '',
      postgresUrl: lines[`${service}-postgres`]!.url,
    }
    const program = serviceProgram(
      { ...parts, ports: { ...ports, nats, smtp: Number(new URL(toMail.url).port) } },
      service,
    )
    await supervisor.run(migrationProgram({ ...parts, ports }, service))
    await supervisor.start({
      ...program,
      args: [...(options.preload ? [`--import=${options.preload}`] : []), ...program.args],
      env: { ...program.env, ...generous, ...options.environment },
    })
  }
  say('starting the services')
  await Promise.all(services.map(start))
  say('all are ready')

  const started = stack.move()
  return {
    url: publicUrl,
    smtpUrl: mail.smtpUrl,
    folder,
    broker,
    lines,
    children,
    unexpected,
    databaseOf: (service) => databaseUrl(databases.url, { database: `candor_${service}` }),
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  }
}

/** Everybody comes from one address here. */
const generous = { CONVERSATIONS_PER_HOUR_MAX: '100000', VISITOR_SESSIONS_PER_HOUR_MAX: '100000' }

interface PlatformOptions {
  /** A module that each service's process loads before its own. */
  preload?: string
  environment?: Record<string, string>
  /** Told how far it is. */
  say?: (line: string) => void
}

/** What is written to and read from, however it runs. */
export interface Reached {
  /** The public address. */
  url: string
  broker: Broker
  /** As superuser, past every line. */
  databaseOf(service: ServiceName): string
}

export interface Platform extends Reached, AsyncDisposable {
  /** Where mail is handed in, also to a business. */
  smtpUrl: string
  folder: string
  /** By `<service>-postgres`, `<service>-nats` and `mail`. */
  lines: Record<string, Line>
  /** Processes by the names of their parts. */
  children: Record<string, Guarded>
  /** Ends that nobody brought about. */
  unexpected: string[]
}
