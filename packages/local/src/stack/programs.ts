import { join } from 'node:path'
import type { ServiceName } from '@candor/contracts/callers'
import { databaseUrl } from '@candor/runtime/provision-database'
import { rootDir } from '../config.ts'
import type { LocalConfig } from '../config.ts'
import type { Door, Ports } from './ports.ts'
import type { Program } from '../processes/supervisor.ts'
import type { Secrets } from './secrets.ts'

/** A service's process, with its whole configuration in its environment. */
export function serviceProgram(parts: Parts, service: ServiceName): Program {
  const { secrets, ports } = parts
  return doorProgram(parts, service, {
    DATABASE_URL: databaseUrl(parts.postgresUrl, {
      database: `candor_${service}`,
      user: `${service}_app`,
      password: secrets.databasePasswords[service].app,
    }),
    NATS_URL: `nats://127.0.0.1:${ports.nats}`,
    NATS_SEED: secrets.natsSeeds[service],
    CLOCK_OFFSET_MS: String(parts.config.clockOffsetMs),
    ...(mailing.includes(service) && {
      SMTP_URL: `smtp://127.0.0.1:${ports.smtp}`,
      MAIL_FROM: 'Candor <no-reply@candor.localhost>',
    }),
    ...(service === 'chat' && { MAIL_DOMAIN: inboundDomain, MAIL_PORT: String(ports.chatMail) }),
    ...(sealing.includes(service) && { SEALING_KEY: secrets.sealingKeys[service] }),
    ...(service === 'billing' && {
      PAYMENT_API_URL: `http://localhost:${ports.payments}`,
      PAYMENT_API_KEY: secrets.paymentApiKey,
      PAYMENT_WEBHOOK_SECRET: secrets.paymentWebhookSecret,
    }),
  })
}

/** Looks at what a service stands on, from where it stands, then ends. */
export function doctorProgram(parts: Parts, name: Door): Program {
  const { env } = name === 'web' ? webProgram(parts) : serviceProgram(parts, name)
  return program(parts, `doctor-${name}`, `services/${name}/src/doctor.ts`, env)
}

/** Brings a service's database to its newest shape, then ends. */
export function migrationProgram(parts: Parts, service: ServiceName): Program {
  return program(parts, `migrate-${service}`, `services/${service}/src/migrate.ts`, {
    MIGRATION_DATABASE_URL: databaseUrl(parts.postgresUrl, {
      database: `candor_${service}`,
      user: `${service}_migrator`,
      password: parts.secrets.databasePasswords[service].migrator,
    }),
  })
}

export function webProgram(parts: Parts): Program {
  return doorProgram(parts, 'web', { WIDGET_KEY_FILE: parts.widgetKeyFile })
}

/** Builds the web pages and the widget; what did not change since the last build is taken from turbo's cache. */
export function buildProgram({ config }: Parts): Program {
  return {
    name: 'build-pages',
    command: join(rootDir, 'node_modules/.bin/turbo'),
    args: ['run', 'build', '--filter=@candor/web', '--no-update-notifier'],
    cwd: rootDir,
    env: { ...quietTurbo, PATH: config.tools.path },
  }
}

/** It would report to its maker what is built. */
export const quietTurbo = { TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' }

export function paymentsProgram(parts: Parts): Program {
  const { ports, secrets, config } = parts
  return {
    ...program(parts, 'payments', 'packages/local/src/payments/main.ts', {
      HTTP_PORT: String(ports.payments),
      DATA_FILE: join(config.dataDir, 'payments.json'),
      PAYMENT_API_KEY: secrets.paymentApiKey,
      PAYMENT_WEBHOOK_SECRET: secrets.paymentWebhookSecret,
    }),
    readyUrl: `http://127.0.0.1:${ports.payments}/`,
  }
}

function doorProgram(parts: Parts, name: Door, env: Environment): Program {
  const operationsPort = parts.ports[`${name}Operations`]
  return {
    ...program(parts, name, `services/${name}/src/main.ts`, {
      LISTEN_ON: '127.0.0.1',
      HTTP_PORT: String(parts.ports[`${name}Http`]),
      OPERATIONS_PORT: String(operationsPort),
      PUBLIC_URL: parts.publicUrl,
      ...env,
    }),
    readyUrl: `http://127.0.0.1:${operationsPort}/readyz`,
  }
}

function program({ config }: Parts, name: string, script: string, env: Environment): Program {
  return {
    name,
    command: process.execPath,
    args: [`--import=${keepCompiled}`, join(rootDir, script)],
    cwd: rootDir,
    env: {
      ...env,
      PATH: config.tools.path,
      LOG_LEVEL: config.logLevel,
      // Parsed and type-stripped sources are kept between starts.
      NODE_COMPILE_CACHE: join(rootDir, 'node_modules/.cache/candor-sources'),
    },
  }
}

/** A business is written to at `<slug>@` it, through the local mail server. */
export const inboundDomain = 'in.candor.localhost'

const keepCompiled = join(import.meta.dirname, 'keep-compiled.ts')
const mailing: ServiceName[] = ['identity', 'chat', 'transcripts', 'privacy']
const sealing: ServiceName[] = ['identity', 'privacy']

type Environment = Record<string, string | undefined>

export interface Parts {
  readonly config: LocalConfig
  readonly publicUrl: string
  /** As superuser. */
  readonly postgresUrl: string
  readonly ports: Ports
  readonly secrets: Secrets
  /** Tells the demo shop whose chat it shows. */
  readonly widgetKeyFile: string
}
