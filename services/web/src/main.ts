import { runUntilSignal } from '@candor/runtime/lifecycle'
import type { Lifecycle } from '@candor/runtime/lifecycle'
import { createLogger } from '@candor/runtime/logger'
import { readWebConfig } from './server/config.ts'
import { startWeb } from './server/start-web.ts'

const config = readWebConfig(process.env)
const log = createLogger({ service: 'web', level: config.LOG_LEVEL })
const running = async (lifecycle: Lifecycle) => void (await startWeb(config, { log, lifecycle }))
await runUntilSignal(log, running, { drainAfterMs: config.DRAIN_AFTER_MS })
