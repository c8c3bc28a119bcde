import { runService } from '@candor/service/run'
import { Config } from './config.ts'
import { startChat } from './service.ts'

await runService('chat', Config, startChat)
