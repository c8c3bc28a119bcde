import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { Config as BillingConfig } from '@candor/billing/config'
import { migrations as billingMigrations } from '@candor/billing/migrations'
import { startBilling } from '@candor/billing/service'
import { Config as ChatConfig } from '@candor/chat/config'
import { migrations as chatMigrations } from '@candor/chat/migrations'
import { startChat } from '@candor/chat/service'
import type { ServiceName } from '@candor/contracts/callers'
import { services } from '@candor/contracts/callers'
import { Config as IdentityConfig } from '@candor/identity/config'
import { migrations as identityMigrations } from '@candor/identity/migrations'
import { startIdentity } from '@candor/identity/service'
import { startGateway } from '@candor/local/gateway/gateway'
import { startMailSink } from '@candor/local/mail-sink/mail-sink'
import { guardedFolder } from '@candor/local/processes/guarded-folder'
import { startPayments } from '@candor/local/payments/payments'
import { freePorts } from '@candor/local/processes/free-port'
import { Config as PrivacyConfig } from '@candor/privacy/config'
import { migrations as privacyMigrations } from '@candor/privacy/migrations'
import { startPrivacy } from '@candor/privacy/service'
import { readConfig } from '@candor/runtime/config'
import { createLifecycle } from '@candor/runtime/lifecycle'
import type { Lifecycle } from '@candor/runtime/lifecycle'
import { createLogger } from '@candor/runtime/logger'
import { createTestDatabase } from '@candor/testing/test-database'
import type { TestDatabase } from '@candor/testing/test-database'
import { startTestNats } from '@candor/testing/test-nats'
import { Config as TranscriptsConfig } from '@candor/transcripts/config'
import { migrations as transcriptsMigrations } from '@candor/transcripts/migrations'
import { startTranscripts } from '@candor/transcripts/service'

const parts = {
  identity: { Config: IdentityConfig, migrations: identityMigrations, start: startIdentity },
  chat: { Config: ChatConfig, migrations: chatMigrations, start: startChat },
  billing: { Config: BillingConfig, migrations: billingMigrations, start: startBilling },
  transcripts: { Config: TranscriptsConfig, migrations: transcriptsMigrations, start: startTranscripts },
  privacy: { Config: PrivacyConfig, migrations: privacyMigrations, start: startPrivacy },
} as const

/**
 * The five services in one process, on real PostgreSQL, NATS, SMTP and payment provider, behind the public address.
 * Time is the wall clock's plus what the test adds.
 */
export async function startStack(environment: Record<string, string> = {}): Promise<Stack> {
  await using stack = new AsyncDisposableStack()
  const { path: folder } = stack.use(guardedFolder('stack'))
  const paymentKeys = {
    PAYMENT_API_KEY: randomBytes(24).toString('hex'),
    PAYMENT_WEBHOOK_SECRET: `whsec_${randomBytes(32).toString('base64')}`,
  }
  const payments = await startPayments({
    HTTP_PORT: 0,
    DATA_FILE: join(folder, 'payments.json'),
    ...paymentKeys,
  })
  stack.defer(() => payments.stop())
  const mailFolder = join(folder, 'mail')
  const [mailPort] = (await freePorts(1)) as [number]
  const inbound = { domain: 'in.candor.localhost', port: mailPort }
  const mail = await startMailSink({ folder: mailFolder, inbound })
  stack.defer(() => mail.stop())
  const nats = stack.use(await startTestNats())
  const databases = {} as Record<ServiceName, TestDatabase>
  for (const service of services) {
    databases[service] = stack.use(
      await createTestDatabase({ service, migrations: parts[service].migrations }),
    )
  }

  const ports = await freePorts(services.length * 2 + 2)
  const httpPorts = Object.fromEntries(
    services.map((service, index) => [service, ports[index + 1]!]),
  ) as Record<ServiceName, number>
  const operationsPorts = Object.fromEntries(
    services.map((service, index) => [service, ports[services.length + index + 1]!]),
  ) as Record<ServiceName, number>
  const webPort = ports.at(-1)!
  const gateway = await startGateway({
    port: ports[0]!,
    backends: { services: httpPorts, web: webPort, mail: Number(new URL(mail.httpUrl).port) },
  })
  stack.defer(() => gateway.stop())

  const url = `http://localhost:${gateway.port}`
  const clock = offsetClock()
  const sealingKey = randomBytes(32).toString('base64')
  const lifecycles = {} as Record<ServiceName, Lifecycle>
  const doors = {} as Stack['doors']
  const logged: string[] = []
  async function start(service: ServiceName) {
    const log = createLogger({ service, level: 'info' }, { write: (line) => void logged.push(line) })
    const config = readConfig(parts[service].Config as never, {
      NODE_ENV: 'test',
      DATABASE_URL: databases[service].appUrl,
      NATS_URL: nats.url,
      NATS_SEED: nats.seeds[service],
      HTTP_PORT: String(httpPorts[service]),
      OPERATIONS_PORT: String(operationsPorts[service]),
      PUBLIC_URL: url,
      SMTP_URL: mail.smtpUrl,
      MAIL_FROM: 'Candor <no-reply@candor.localhost>',
      MAIL_DOMAIN: inbound.domain,
      MAIL_PORT: String(inbound.port),
      SEALING_KEY: sealingKey,
      PAYMENT_API_URL: payments.url,
      ...paymentKeys,
      ...environment,
    })
    lifecycles[service] = createLifecycle(log)
    doors[service] = await parts[service].start(lifecycles[service], config as never, log, { clock })
  }
  stack.defer(async () => {
    await Promise.all(services.map((service) => lifecycles[service]?.stop()))
  })
  for (const service of services) await start(service)

  const started = stack.move()
  return {
    url,
    smtpUrl: mail.smtpUrl,
    webPort,
    clock,
    nats,
    databases,
    doors,
    folders: { stream: nats.storeDir, mail: mailFolder },
    log: () => logged.join(''),
    stop: (service) => lifecycles[service].stop(),
    ready: async (service) => (await fetch(`http://localhost:${operationsPorts[service]}/readyz`)).text(),
    start,
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  }
}

function offsetClock() {
  let offsetMs = 0
  const now = () => new Date(Date.now() + offsetMs)
  return {
    now,
    advance: (ms: number) => void (offsetMs += ms),
    moveTo: (time: Date) => void (offsetMs += time.getTime() - now().getTime()),
  }
}

export interface Stack extends AsyncDisposable {
  url: string
  /** Where people outside hand in mail to anybody, also to a business at `<slug>@in.candor.localhost`. */
  smtpUrl: string
  /** Where the public address looks for the pages; nobody serves them unless a test does. */
  webPort: number
  clock: ReturnType<typeof offsetClock>
  nats: Awaited<ReturnType<typeof startTestNats>>
  databases: Record<ServiceName, TestDatabase>
  /** Ports of each service's own doors, behind the public address. */
  doors: Record<ServiceName, { httpPort: number; operationsPort: number }>
  /** Where the broker and the mail server keep their files. */
  folders: { stream: string; mail: string }
  /** What all services have logged so far. */
  log(): string
  /** Stops one service, as a roll-out does. */
  stop(service: ServiceName): Promise<void>
  start(service: ServiceName): Promise<void>
  /** What a service answers to whoever asks whether it is ready. */
  ready(service: ServiceName): Promise<string>
}
