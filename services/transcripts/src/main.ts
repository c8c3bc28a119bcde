import { runService } from '@candor/service/run'
import { Config } from './config.ts'
import { startTranscripts } from './service.ts'

await runService('transcripts', Config, startTranscripts)
