import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { services } from '@candor/contracts/callers'
import type { ServiceName } from '@candor/contracts/callers'
import { natsUsers } from '@candor/events/nats-permissions'
import type { NatsUser } from '@candor/events/nats-permissions'
import { createUser, fromSeed } from '@nats-io/nkeys'
import { z } from 'zod'

/** The stack's secrets: each is made once and stays the same for as long as the data directory does. */
export function loadSecrets(dataDir: string): Secrets {
  const path = join(dataDir, 'secrets.json')
  const known = existsSync(path) ? StoredSecrets.parse(JSON.parse(readFileSync(path, 'utf8'))) : emptySecrets
  const secrets = {
    natsSeeds: each(natsUsers, (user) => known.natsSeeds[user] ?? newSeed()),
    databasePasswords: each(
      services,
      (service) => known.databasePasswords[service] ?? newDatabasePasswords(),
    ),
    sealingKeys: each(
      services,
      (service) => known.sealingKeys[service] ?? randomBytes(32).toString('base64'),
    ),
    paymentApiKey: known.paymentApiKey ?? `sandpay_${randomBytes(24).toString('base64url')}`,
    paymentWebhookSecret: known.paymentWebhookSecret ?? `whsec_${randomBytes(32).toString('base64')}`,
  }
  writeFileSync(`${path}.new`, JSON.stringify(secrets, undefined, 2), { mode: 0o600 })
  renameSync(`${path}.new`, path)
  return secrets
}

/** The public halves of the NATS users' keys, as the server is told them. */
export function natsPublicKeys({ natsSeeds }: Secrets): Record<NatsUser, string> {
  return each(natsUsers, (user) => fromSeed(new TextEncoder().encode(natsSeeds[user])).getPublicKey())
}

function newSeed(): string {
  return new TextDecoder().decode(createUser().getSeed())
}

function newDatabasePasswords(): DatabasePasswords {
  return { app: randomBytes(24).toString('base64url'), migrator: randomBytes(24).toString('base64url') }
}

function each<K extends string, V>(names: readonly K[], make: (name: K) => V): Record<K, V> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<K, V>
}

const DatabasePasswords = z.object({ app: z.string(), migrator: z.string() })

const StoredSecrets = z.object({
  natsSeeds: z.record(z.string(), z.string()),
  databasePasswords: z.record(z.string(), DatabasePasswords),
  sealingKeys: z.record(z.string(), z.string()),
  paymentApiKey: z.string().optional(),
  paymentWebhookSecret: z.string().optional(),
})

const emptySecrets: z.infer<typeof StoredSecrets> = { natsSeeds: {}, databasePasswords: {}, sealingKeys: {} }

type DatabasePasswords = z.infer<typeof DatabasePasswords>

export interface Secrets {
  readonly natsSeeds: Record<NatsUser, string>
  readonly databasePasswords: Record<ServiceName, DatabasePasswords>
  readonly sealingKeys: Record<ServiceName, string>
  readonly paymentApiKey: string
  readonly paymentWebhookSecret: string
}
