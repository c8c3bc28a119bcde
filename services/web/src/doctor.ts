import { configCheck } from '@candor/runtime/check-config'
import { checkUp } from '@candor/runtime/check-up'
import { fileChecks } from './server/check-files.ts'
import { privacyCheck } from './server/check-privacy.ts'
import { readWebConfig } from './server/config.ts'
import type { WebConfig } from './server/config.ts'

/** What serves the pages stands on its settings, its own disk and, for one answer, on privacy. */
let config: WebConfig
const read = () => {
  config = readWebConfig(process.env)
  return config.PUBLIC_URL ?? 'any address'
}
const ill = await checkUp(
  'web',
  [configCheck(read), ...fileChecks(() => config), privacyCheck(() => config)],
  (line) => void process.stdout.write(`${line}\n`),
)
process.exitCode = ill === 0 ? 0 : 1
