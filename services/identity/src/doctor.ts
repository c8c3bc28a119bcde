import { mailServerCheck } from '@candor/mail/check-mail-server'
import { runDoctor } from '@candor/service/doctor/run-doctor'
import { Config } from './config.ts'
import { migrations } from './migrations/list.ts'

await runDoctor('identity', Config, migrations, ({ SMTP_URL }) => [mailServerCheck(SMTP_URL)])
