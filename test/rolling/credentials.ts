import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { services } from '@candor/contracts/callers'
import type { ServiceName } from '@candor/contracts/callers'
import { natsServerConfig } from '@candor/events/nats-permissions'
import type { NatsUser } from '@candor/events/nats-permissions'
import { writeNatsConfig } from '@candor/local/servers/nats-server'
import { natsPublicKeys } from '@candor/local/stack/secrets'
import type { Secrets } from '@candor/local/stack/secrets'
import { databaseUrl } from '@candor/runtime/provision-database'
import { createUser } from '@nats-io/nkeys'
import pg from 'pg'
import type { Broker, Databases } from '../chaos/platform/start-servers.ts'

/** What services prove themselves by, and its exchange as docs/operations.md tells it: old and new, and then new alone. */
export function exchangeableCredentials({ secrets, databases, broker, folder }: Servers): Credentials {
  const password = randomBytes(16).toString('hex')
  const sealingKeys = each(() => randomBytes(32).toString('base64'))
  const webhookSecret = `whsec_${randomBytes(32).toString('base64')}`
  const keys = each(() => createUser())
  const oldKeys = natsPublicKeys(secrets)
  let isNewGiven = false

  function tellBroker(publicKeys: Record<NatsUser, string | string[]>): void {
    writeNatsConfig(join(folder, 'nats'), natsServerConfig(publicKeys))
    process.kill(broker.children.pid()!, 'SIGHUP')
  }

  return {
    of: (service): Record<string, string> =>
      isNewGiven
        ? {
            DATABASE_URL: databaseUrl(databases.url, {
              database: `candor_${service}`,
              user: `${service}_app_next`,
              password,
            }),
            NATS_SEED: new TextDecoder().decode(keys[service].getSeed()),
            SEALING_KEY: sealingKeys[service],
            SEALING_KEY_PREVIOUS: secrets.sealingKeys[service],
            PAYMENT_WEBHOOK_SECRET: webhookSecret,
            PAYMENT_WEBHOOK_SECRET_PREVIOUS: secrets.paymentWebhookSecret,
          }
        : {},
    async letNewIn() {
      const create = (service: ServiceName) =>
        `create role ${service}_app_next login in role ${service}_app password '${password}'`
      await run(databases.url, services.map(create))
      tellBroker({
        ...oldKeys,
        ...each((service) => [oldKeys[service], keys[service].getPublicKey()]),
      })
      isNewGiven = true
    },
    async shutOldOut() {
      await run(
        databases.url,
        services.flatMap((service) => [
          `alter role ${service}_app nologin`,
          `select pg_terminate_backend(pid) from pg_stat_activity where usename = '${service}_app'`,
        ]),
      )
      tellBroker({ ...oldKeys, ...each((service) => keys[service].getPublicKey()) })
    },
  }
}

async function run(url: string, statements: string[]): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  for (const statement of statements) await client.query(statement)
  await client.end()
}

function each<V>(make: (service: ServiceName) => V): Record<ServiceName, V> {
  return Object.fromEntries(services.map((service) => [service, make(service)])) as Record<ServiceName, V>
}

interface Servers {
  secrets: Secrets
  databases: Databases
  broker: Broker
  folder: string
}

export interface Credentials {
  /** What a replica that starts now is given, where it is not what it was made with. */
  of(service: ServiceName): Record<string, string>
  /** From now on replicas are given new ones; the old ones go on being taken. */
  letNewIn(): Promise<void>
  shutOldOut(): Promise<void>
}
