import { readConfig } from '@candor/runtime/config'
import { runUntilSignal } from '@candor/runtime/lifecycle'
import { createLogger } from '@candor/runtime/logger'
import { Config } from './config.ts'
import { startPrivacy } from './service.ts'

const config = readConfig(Config, process.env)
const log = createLogger({ service: 'privacy', level: config.LOG_LEVEL })

await runUntilSignal(log, async (lifecycle) => {
  await startPrivacy(lifecycle, config, log)
})
