import { runService } from '@candor/service/run'
import { Config } from './config.ts'
import { startPrivacy } from './service.ts'

await runService('privacy', Config, startPrivacy)
