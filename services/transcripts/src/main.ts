import { readConfig } from '@candor/runtime/config'
import { runUntilSignal } from '@candor/runtime/lifecycle'
import { createLogger } from '@candor/runtime/logger'
import { Config } from './config.ts'
import { startTranscripts } from './service.ts'

const config = readConfig(Config, process.env)
const log = createLogger({ service: 'transcripts', level: config.LOG_LEVEL })

await runUntilSignal(log, async (lifecycle) => {
  await startTranscripts(lifecycle, config, log)
})
