import { randomBytes } from 'node:crypto'
import { services } from '@candor/contracts/callers'
import type { ServiceName } from '@candor/contracts/callers'
import { natsUsers } from '@candor/events/nats-permissions'
import type { NatsUser } from '@candor/events/nats-permissions'
import { credentialsOf } from './contract-secrets.ts'
import { keysConfig, newKeys } from './nats-keys.ts'

/** Every contract secret with fresh values, and those that only others know as they were given. */
export function newSecrets(given: Given): Record<string, Record<string, string>> {
  const keys = Object.fromEntries(natsUsers.map((user) => [user, newKeys()])) as Record<
    NatsUser,
    ReturnType<typeof newKeys>
  >
  const superuser = newPassword()
  return {
    ...Object.fromEntries(
      services.flatMap((service) => secretsOf(service, keys[service].current.seed, given)),
    ),
    // The dumping script puts each database's name in.
    'backup-credentials': {
      BACKUP_DATABASE_URL: databaseUrl(given, 'candor_backup', newPassword(), '@DATABASE@'),
    },
    'nats-admin-credentials': { NATS_SEED: keys.admin.current.seed },
    'nats-backup-credentials': { NATS_SEED: keys.backup.current.seed },
    'nats-operator-credentials': { NATS_SEED: keys.operator.current.seed },
    'nats-users': { 'keys.conf': keysConfig(keys) },
    'postgres-admin-credentials': {
      ADMIN_DATABASE_URL: given.adminDatabaseUrl ?? databaseUrl(given, 'postgres', superuser, 'postgres'),
    },
    'postgres-superuser': { username: 'postgres', password: superuser },
  }
}

function secretsOf(service: ServiceName, seed: string, given: Given): [string, Record<string, string>][] {
  const database = `candor_${service}`
  const values: Record<string, string> = {
    DATABASE_URL: databaseUrl(given, `${service}_app`, newPassword(), database),
    NATS_SEED: seed,
    PAYMENT_API_KEY: given.paymentApiKey,
    PAYMENT_WEBHOOK_SECRET: given.paymentWebhookSecret,
    SEALING_KEY: randomBytes(32).toString('base64'),
    SMTP_URL: given.smtpUrl,
  }
  const MIGRATION_DATABASE_URL = databaseUrl(given, `${service}_migrator`, newPassword(), database)
  return [
    [
      `${service}-credentials`,
      Object.fromEntries(credentialsOf(service).map((name) => [name, values[name]!])),
    ],
    [`${service}-migration-credentials`, { MIGRATION_DATABASE_URL }],
  ]
}

/** The server has to prove its name by the authority that is mounted there. */
function databaseUrl({ databaseHost }: Given, role: string, password: string, database: string): string {
  const proof = 'sslmode=verify-full&sslrootcert=/run/authorities/postgres/ca.crt'
  return `postgres://${role}:${password}@${databaseHost}/${database}?${proof}`
}

function newPassword(): string {
  return randomBytes(24).toString('base64url')
}

export interface Given {
  /** With its port where it is another than 5432. */
  readonly databaseHost: string
  /** Of a server of somebody else's; that of our own is made up. */
  readonly adminDatabaseUrl?: string | undefined
  readonly smtpUrl: string
  readonly paymentApiKey: string
  readonly paymentWebhookSecret: string
}
