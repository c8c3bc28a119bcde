import type { ServiceName } from '@candor/contracts/callers'
import { checkUp } from '@candor/runtime/check-up'
import type { Check } from '@candor/runtime/check-up'
import { systemClock } from '@candor/runtime/clock'
import type { ServiceEnvironment } from '@candor/runtime/config'
import { createLogger } from '@candor/runtime/logger'
import { createMetrics } from '@candor/runtime/metrics'
import type { NamedMigration } from '@candor/runtime/migrate'
import { connectPostgres } from '@candor/runtime/postgres'
import type { z } from 'zod'
import { certificatesCheck } from './check-certificates.ts'
import { clockCheck, databaseCheck, migrationsCheck } from './check-database.ts'
import { doorCheck } from './check-door.ts'
import { natsChecks } from './check-nats.ts'
import { rolesCheck } from './check-roles.ts'
import { waitingCheck } from './check-waiting.ts'

/** Looks at all that a service stands on. Answers how much of it is not well. */
export async function examineService(
  { service, config, migrations, also }: Patient,
  tell: (line: string) => void,
): Promise<number> {
  const log = createLogger({ service, level: 'silent' })
  const db = connectPostgres<any>({
    url: config.DATABASE_URL,
    poolSizeMax: 1,
    log,
    metrics: createMetrics(service),
  })
  const nats = natsChecks(service, config)
  const clock = systemClock(config.CLOCK_OFFSET_MS)
  try {
    return await checkUp(
      service,
      [
        databaseCheck(db, config),
        rolesCheck(db, service, config),
        migrationsCheck(db, migrations),
        clockCheck(db, clock),
        ...nats.checks,
        waitingCheck(db, clock),
        certificatesCheck(config, clock),
        ...also,
        doorCheck(config),
      ],
      tell,
    )
  } finally {
    await Promise.all([db.destroy(), nats.close()])
  }
}

export interface Patient {
  readonly service: ServiceName
  readonly config: z.infer<typeof ServiceEnvironment>
  readonly migrations: readonly NamedMigration[]
  /** What only this service depends on. */
  readonly also: readonly Check[]
}
