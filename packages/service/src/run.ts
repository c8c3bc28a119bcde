import type { ServiceName } from '@candor/contracts/callers'
import { MigrationEnvironment, readConfig } from '@candor/runtime/config'
import { runUntilSignal } from '@candor/runtime/lifecycle'
import type { Lifecycle } from '@candor/runtime/lifecycle'
import { createLogger } from '@candor/runtime/logger'
import type { Log } from '@candor/runtime/logger'
import { migrate } from '@candor/runtime/migrate'
import type { NamedMigration } from '@candor/runtime/migrate'
import type { z } from 'zod'

/** A service's process: configuration, service, wait for the signal. A wrong environment ends it with the reasons. */
export async function runService<Config extends { LOG_LEVEL: string; DRAIN_AFTER_MS: number }>(
  service: ServiceName,
  schema: z.ZodType<Config>,
  start: (lifecycle: Lifecycle, config: Config, log: Log) => Promise<unknown>,
): Promise<void> {
  const config = readOrExit(schema)
  const log = createLogger({ service, level: config.LOG_LEVEL })
  const running = async (lifecycle: Lifecycle) => void (await start(lifecycle, config, log))
  await runUntilSignal(log, running, { drainAfterMs: config.DRAIN_AFTER_MS })
}

/** A service's migration step: the same image, another command, another database role. */
export async function runMigrations(
  service: ServiceName,
  migrations: readonly NamedMigration[],
): Promise<void> {
  const config = readOrExit(MigrationEnvironment)
  const log = createLogger({ service, level: config.LOG_LEVEL })
  await migrate({ url: config.MIGRATION_DATABASE_URL, service, migrations, log })
}

/** A wrong environment ends the process with all its problems. */
export function readOrExit<T>(schema: z.ZodType<T>): T {
  try {
    return readConfig(schema, process.env)
  } catch (err) {
    process.stderr.write(`${(err as Error).message}\n`)
    return process.exit(1)
  }
}
