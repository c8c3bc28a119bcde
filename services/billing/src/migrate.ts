import { MigrationEnvironment, readConfig } from '@candor/runtime/config'
import { createLogger } from '@candor/runtime/logger'
import { migrate } from '@candor/runtime/migrate'
import { migrations } from './migrations/list.ts'

const config = readConfig(MigrationEnvironment, process.env)
const log = createLogger({ service: 'billing', level: config.LOG_LEVEL })

await migrate({ url: config.MIGRATION_DATABASE_URL, service: 'billing', migrations, log })
