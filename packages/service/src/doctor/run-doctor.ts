import type { ServiceName } from '@candor/contracts/callers'
import { configCheck } from '@candor/runtime/check-config'
import { checkUp } from '@candor/runtime/check-up'
import type { Check } from '@candor/runtime/check-up'
import type { ServiceEnvironment } from '@candor/runtime/config'
import { readConfig } from '@candor/runtime/config'
import type { NamedMigration } from '@candor/runtime/migrate'
import type { z } from 'zod'
import { examineService } from './examine-service.ts'

/**
 * A service's doctor: the same image and environment, another command. Looks at a running installation from where the
 * service stands, changes nothing, prints what is wrong and what to do, and exits with 0 only if all is well.
 */
export async function runDoctor<Config extends z.infer<typeof ServiceEnvironment>>(
  service: ServiceName,
  schema: z.ZodType<Config>,
  migrations: readonly NamedMigration[],
  also: (config: Config) => readonly Check[] = () => [],
): Promise<void> {
  const tell = (line: string) => void process.stdout.write(`${line}\n`)
  let config: Config | undefined
  const reading = configCheck(() => (config = readConfig(schema, process.env)).NODE_ENV)
  const ill = await checkUp(service, [reading], tell)
  const further = config ? await examineService({ service, config, migrations, also: also(config) }, tell) : 0
  process.exitCode = ill + further === 0 ? 0 : 1
  // Whoever never answered has a connection open still.
  setTimeout(() => process.exit(), 1_000).unref()
}
