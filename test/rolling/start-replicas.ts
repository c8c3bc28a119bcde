import { join } from 'node:path'
import { services } from '@candor/contracts/callers'
import { readConfig } from '@candor/local/config'
import { startGateway } from '@candor/local/gateway/gateway'
import { startMailSink } from '@candor/local/mail-sink/mail-sink'
import { startPayments } from '@candor/local/payments/payments'
import { startChild } from '@candor/local/processes/child'
import type { Child } from '@candor/local/processes/child'
import { freePorts } from '@candor/local/processes/free-port'
import { guard } from '@candor/local/processes/guard'
import { guardedFolder } from '@candor/local/processes/guarded-folder'
import { openLogFile } from '@candor/local/processes/log-file'
import { createSupervisor } from '@candor/local/processes/supervisor'
import { waitUntil } from '@candor/local/processes/wait-until'
import { choosePorts } from '@candor/local/stack/ports'
import type { Door } from '@candor/local/stack/ports'
import { migrationProgram, serviceProgram, webProgram } from '@candor/local/stack/programs'
import { loadSecrets } from '@candor/local/stack/secrets'
import { databaseUrl } from '@candor/runtime/provision-database'
import type { Reached } from '../chaos/platform/start-platform.ts'
import { startBroker, startDatabases } from '../chaos/platform/start-servers.ts'
import { startBalancer } from './balancer.ts'
import type { Balancer } from './balancer.ts'
import { exchangeableCredentials } from './credentials.ts'
import type { Credentials } from './credentials.ts'

/** The platform as a cluster runs it: each service is any number of processes behind a balancer, one to begin with. */
export async function startReplicas(): Promise<Replicas> {
  await using stack = new AsyncDisposableStack()
  const { path: folder } = stack.use(guardedFolder('rolling'))
  const config = readConfig({ ...process.env, CANDOR_DATA: folder, LOG_LEVEL: 'warn' })
  const secrets = loadSecrets(folder)
  const unexpected: string[] = []
  const report = (line: string) => void unexpected.push(line)
  const [databases, broker] = await Promise.all([
    startDatabases(folder, secrets, report),
    startBroker(folder, secrets, report),
  ])
  stack.defer(() => Promise.all([databases.stop(), broker.stop()]).then(() => {}))

  const chosen = await choosePorts(folder)
  const ports = { ...chosen, nats: Number(new URL(broker.url).port) }
  const mail = await startMailSink({
    folder: join(folder, 'mail'),
    smtpPort: ports.smtp,
    httpPort: ports.mail,
  })
  stack.defer(mail.stop)
  const payments = await startPayments({
    HTTP_PORT: ports.payments,
    DATA_FILE: join(folder, 'payments.json'),
    PAYMENT_API_KEY: secrets.paymentApiKey,
    PAYMENT_WEBHOOK_SECRET: secrets.paymentWebhookSecret,
  })
  stack.defer(() => payments.stop())
  const balancers = {} as Record<Door, Balancer>
  for (const door of doors) balancers[door] = stack.use(await startBalancer())
  const gateway = await startGateway({
    port: 0,
    backends: {
      services: Object.fromEntries(services.map((name) => [name, balancers[name].port])),
      web: balancers.web.port,
    },
  })
  stack.defer(gateway.stop)

  const credentials = exchangeableCredentials({ secrets, databases, broker, folder })
  const running = new Set<Child>()
  stack.defer(() => Promise.all([...running].map((child) => child.stop('SIGTERM', 10_000))).then(() => {}))
  const log = openLogFile(join(folder, 'replicas.log'))
  stack.defer(() => log.close())
  const url = `http://localhost:${gateway.port}`
  const parts = { config, publicUrl: url, secrets, widgetKeyFile: '', postgresUrl: databases.url, ports }

  async function startReplica(door: Door): Promise<Replica> {
    const [http, operations] = (await freePorts(2)) as [number, number]
    const own = {
      ...parts,
      ports: { ...ports, [`${door}Http`]: http, [`${door}Operations`]: operations },
    }
    const program = door === 'web' ? webProgram(own) : serviceProgram(own, door)
    const env = { ...program.env, ...settings, ...(door !== 'web' && credentials.of(door)) }
    const child = await startChild({ ...program, env, onOutput: log.write })
    running.add(child)
    const release = guard({ pid: child.pid, folder })
    void child.exited.then(() => running.delete(child)).then(release)
    const isReady = () =>
      fetch(program.readyUrl!).then(
        ({ ok }) => ok,
        () => false,
      )
    await waitUntil(`a replica of ${door}`, isReady, { deadlineMs: 30_000 }).catch((err: Error) => {
      throw new Error(`${err.message}. The end of its log:\n${log.tail(12)}`)
    })
    return { door, port: http, child }
  }

  const migrating = createSupervisor({ logDir: join(folder, 'logs'), report })
  stack.defer(() => migrating.stop(5_000))
  await Promise.all(services.map((service) => migrating.run(migrationProgram(parts, service))))
  const first = await Promise.all(doors.map(startReplica))
  for (const { door, port } of first) balancers[door].add(port)

  const started = stack.move()
  return {
    url,
    broker,
    databaseOf: (service) => databaseUrl(databases.url, { database: `candor_${service}` }),
    balancers,
    first: Object.fromEntries(first.map((replica) => [replica.door, replica])) as Record<Door, Replica>,
    startReplica,
    credentials,
    unexpected,
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  }
}

export const doors: readonly Door[] = [...services, 'web']

/** How long a balancer goes on sending to one that was told to stop, as kube-proxy does until it has learnt of it. */
export const spreadMs = 2_000

const settings = {
  DRAIN_AFTER_MS: '5000',
  // Every replica would want the same port for mail.
  MAIL_DOMAIN: '',
  MAIL_PORT: '',
  CONVERSATIONS_PER_HOUR_MAX: '100000',
  VISITOR_SESSIONS_PER_HOUR_MAX: '100000',
}

export interface Replica {
  door: Door
  port: number
  child: Child
}

export interface Replicas extends Reached, AsyncDisposable {
  balancers: Record<Door, Balancer>
  first: Record<Door, Replica>
  /** Another one, ready, which no balancer knows of yet. */
  startReplica(door: Door): Promise<Replica>
  credentials: Credentials
  /** Ends of PostgreSQL or the broker, which nobody brought about. */
  unexpected: string[]
}
