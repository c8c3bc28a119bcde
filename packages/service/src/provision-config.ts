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
    (url) => readAddress(url).role === 'candor_backup' && readAddress(url).password !== '',
    'names the role candor_backup and its password',
  ).optional(),
  ...Object.assign({}, ...services.map(variablesOf)),
} as DatabaseVariables)

export function databasesOf(config: z.infer<typeof DatabasesEnvironment>): ServiceDatabase[] {
  return services.map((service) => {
    const prefix = service.toUpperCase() as Uppercase<ServiceName>
    return {
      service,
      app: readAddress(config[`${prefix}_DATABASE_URL`]),
      migrator: readAddress(config[`${prefix}_MIGRATION_DATABASE_URL`]),
      connectionsMax: config[`${prefix}_CONNECTIONS_MAX`],
    }
  })
}

function variablesOf(service: ServiceName) {
  const prefix = service.toUpperCase()
  return {
    // The second while a password is exchanged: docs/operations.md, "Rotate".
    [`${prefix}_DATABASE_URL`]: urlOf([`${service}_app`, `${service}_app_next`]),
    [`${prefix}_MIGRATION_DATABASE_URL`]: urlOf([`${service}_migrator`]),
    [`${prefix}_CONNECTIONS_MAX`]: ConnectionsMax,
  }
}

function urlOf(roles: readonly string[]) {
  return ServiceEnvironment.shape.DATABASE_URL.refine(
    (url) => {
      const { role, password, database } = readAddress(url)
      return roles.includes(role) && password !== '' && database !== ''
    },
    `names the role ${roles.join(' or ')}, its password and a database`,
  )
}

/** Empty where a percent sign stands for itself: such an address is none to PostgreSQL's clients either. */
function readAddress(url: string): Address {
  try {
    const { username, password, pathname } = new URL(url)
    return {
      role: decodeURIComponent(username),
      password: decodeURIComponent(password),
      // As PostgreSQL's client reads it.
      database: decodeURI(pathname.slice(1)),
    }
  } catch {
    return { role: '', password: '', database: '' }
  }
}

type DatabaseVariables = {
  LOG_LEVEL: typeof ServiceEnvironment.shape.LOG_LEVEL
  ADMIN_DATABASE_URL: z.ZodURL
  BACKUP_DATABASE_URL: z.ZodOptional<z.ZodURL>
} & Record<`${Uppercase<ServiceName>}_${'' | 'MIGRATION_'}DATABASE_URL`, z.ZodURL> &
  Record<`${Uppercase<ServiceName>}_CONNECTIONS_MAX`, typeof ConnectionsMax>

export interface ServiceDatabase {
  readonly service: ServiceName
  readonly app: Address
  readonly migrator: Address
  readonly connectionsMax: number
}

interface Address {
  readonly role: string
  readonly password: string
  readonly database: string
}
