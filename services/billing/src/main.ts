import { runService } from '@candor/service/run'
import { Config } from './config.ts'
import { startBilling } from './service.ts'

await runService('billing', Config, startBilling)
