import { runUntilSignal } from '@candor/runtime/lifecycle'
import { createLogger } from '@candor/runtime/logger'
import { readWebConfig } from './server/config.ts'
import { startWeb } from './server/start-web.ts'

const config = readWebConfig(process.env)
const log = createLogger({ service: 'web', level: config.LOG_LEVEL })
await runUntilSignal(log, async (lifecycle) => {
  await startWeb(config, { log, lifecycle })
})
