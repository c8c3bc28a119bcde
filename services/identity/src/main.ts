import { runService } from '@candor/service/run'
import { Config } from './config.ts'
import { startIdentity } from './service.ts'

await runService('identity', Config, startIdentity)
