import { eventTables } from '@candor/events/migration'
import { tenantRules } from '@candor/events/rules-migration'
import { mailTables } from '@candor/mail/migration'
import type { NamedMigration } from '@candor/runtime/migrate'
import { accounts } from './20261121T1010-accounts.ts'
import { sessions } from './20261121T1015-sessions.ts'

export const migrations: readonly NamedMigration[] = [
  eventTables,
  mailTables,
  accounts,
  sessions,
  tenantRules,
]
