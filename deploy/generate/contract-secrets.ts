import { Config as Billing } from '@candor/billing/config'
import { Config as Chat } from '@candor/chat/config'
import { services } from '@candor/contracts/callers'
import type { ServiceName } from '@candor/contracts/callers'
import { Config as Identity } from '@candor/identity/config'
import { Config as Privacy } from '@candor/privacy/config'
import { Config as Transcripts } from '@candor/transcripts/config'

export const configs = {
  identity: Identity,
  chat: Chat,
  billing: Billing,
  transcripts: Transcripts,
  privacy: Privacy,
} as const

/** An address with a password in it is one too. */
const secret = new Set([
  'DATABASE_URL',
  'NATS_SEED',
  'PAYMENT_API_KEY',
  'PAYMENT_WEBHOOK_SECRET',
  'SEALING_KEY',
  'SMTP_URL',
])

/** The secrets that the manifests name and do not hold, with their keys. Who fills them is the installation's choice. */
export const contractSecrets: ContractSecret[] = [
  ...services.flatMap((service) => [
    { name: `${service}-credentials`, service, keys: credentialsOf(service) },
    { name: `${service}-migration-credentials`, service, keys: ['MIGRATION_DATABASE_URL'] },
  ]),
  { name: 'backup-credentials', keys: ['BACKUP_DATABASE_URL'] },
  { name: 'nats-admin-credentials', keys: ['NATS_SEED'] },
  { name: 'nats-backup-credentials', keys: ['NATS_SEED'] },
  { name: 'nats-operator-credentials', keys: ['NATS_SEED'] },
  { name: 'nats-users', keys: ['keys.conf'] },
  { name: 'postgres-admin-credentials', keys: ['ADMIN_DATABASE_URL'] },
  { name: 'postgres-superuser', keys: ['password', 'username'] },
  { name: 'nats-tls', keys: ['ca.crt', 'tls.crt', 'tls.key'], isMadeElsewhere: true },
  { name: 'postgres-ca', keys: ['ca.crt'], isMadeElsewhere: true },
  { name: 'public-tls', keys: ['tls.crt', 'tls.key'], isMadeElsewhere: true },
]

/** Variables of a service that are secret: they come as files and stand in no ConfigMap. */
export function credentialsOf(service: ServiceName): string[] {
  return Object.keys(configs[service].shape)
    .filter((name) => secret.has(name))
    .toSorted()
}

export interface ContractSecret {
  readonly name: string
  /** Whose it is, where it is one service's. */
  readonly service?: ServiceName
  readonly keys: readonly string[]
  /** By cert-manager or the database's operator where they are there, else by whoever runs the installation. */
  readonly isMadeElsewhere?: true
}
