import { readConfig, ServiceEnvironment } from '@candor/runtime/config'
import { createLogger } from '@candor/runtime/logger'
import { migrate } from '@candor/runtime/migrate'
import { z } from 'zod'
import { migrations } from './migrations/list.ts'

const Environment = z.object({
  MIGRATION_DATABASE_URL: ServiceEnvironment.shape.DATABASE_URL,
  LOG_LEVEL: ServiceEnvironment.shape.LOG_LEVEL,
})

const config = readConfig(Environment, process.env)
const log = createLogger({ service: 'transcripts', level: config.LOG_LEVEL })

await migrate({ url: config.MIGRATION_DATABASE_URL, service: 'transcripts', migrations, log })
