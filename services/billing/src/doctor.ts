import { runDoctor } from '@candor/service/doctor/run-doctor'
import { Config } from './config.ts'
import { migrations } from './migrations/list.ts'
import { providerCheck } from './providers/check-provider.ts'

await runDoctor('billing', Config, migrations, (config) => [providerCheck(config)])
