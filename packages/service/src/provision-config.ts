import { services } from '@candor/contracts/callers'
import type { ServiceName } from '@candor/contracts/callers'
import { ServiceEnvironment } from '@candor/runtime/config'
import { z } from 'zod'

const BrokerEnvironment = ServiceEnvironment.pick({
  LOG_LEVEL: true,
  NATS_URL: true,
  NATS_CA_FILE: true,
  NATS_SEED: true,
})

export const StreamsEnvironment = BrokerEnvironment.extend({
  /** The streams and consumers to make, as `npm run manifests` writes them. */
  STREAMS_FILE: z.string().min(1),
})

export const RestoreEnvironment = BrokerEnvironment.extend({
  /** Where copies of the streams lie, each in a folder of its own. */
  SNAPSHOT_FOLDER: z.string().min(1),
})

export const SnapshotEnvironment = RestoreEnvironment.extend({
  SNAPSHOTS_KEPT: z.coerce.number().int().min(1),
})

const ConnectionsMax = z.coerce.number().int().min(1)

/** Of each service, by which addresses its two roles will come, and how many connections its app role may hold. */
export const DatabasesEnvironment = z.object({
  LOG_LEVEL: ServiceEnvironment.shape.LOG_LEVEL,
  ADMIN_DATABASE_URL: ServiceEnvironment.shape.DATABASE_URL,
  /** Where databases are dumped: the address of who does it, in which each database's name belongs. */
  BACKUP_DATABASE_URL: ServiceEnvironment.shape.DATABASE_URL.refine(
    (url) => new URL(url).username === 'candor_backup' && new URL(url).password !== '',
    'names the role candor_backup and its password',
  ).optional(),
  ...Object.assign({}, ...services.map(variablesOf)),
} as DatabaseVariables)

export function databasesOf(config: z.infer<typeof DatabasesEnvironment>): ServiceDatabase[] {
  return services.map((service) => {
    const prefix = service.toUpperCase() as Uppercase<ServiceName>
    return {
      service,
      app: new URL(config[`${prefix}_DATABASE_URL`]),
      migrator: new URL(config[`${prefix}_MIGRATION_DATABASE_URL`]),
      connectionsMax: config[`${prefix}_CONNECTIONS_MAX`],
    }
  })
}

function variablesOf(service: ServiceName) {
  const prefix = service.toUpperCase()
  return {
    [`${prefix}_DATABASE_URL`]: urlOf(`${service}_app`),
    [`${prefix}_MIGRATION_DATABASE_URL`]: urlOf(`${service}_migrator`),
    [`${prefix}_CONNECTIONS_MAX`]: ConnectionsMax,
  }
}

function urlOf(role: string) {
  return ServiceEnvironment.shape.DATABASE_URL.refine(
    (url) =>
      new URL(url).username === role && new URL(url).password !== '' && new URL(url).pathname.length > 1,
    `names the role ${role}, its password and a database`,
  )
}

type DatabaseVariables = {
  LOG_LEVEL: typeof ServiceEnvironment.shape.LOG_LEVEL
  ADMIN_DATABASE_URL: z.ZodURL
  BACKUP_DATABASE_URL: z.ZodOptional<z.ZodURL>
} & Record<`${Uppercase<ServiceName>}_${'' | 'MIGRATION_'}DATABASE_URL`, z.ZodURL> &
  Record<`${Uppercase<ServiceName>}_CONNECTIONS_MAX`, typeof ConnectionsMax>

export interface ServiceDatabase {
  readonly service: ServiceName
  readonly app: URL
  readonly migrator: URL
  readonly connectionsMax: number
}
