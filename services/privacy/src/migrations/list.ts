import { eventTables } from '@candor/events/migration'
import { tenantRules } from '@candor/events/rules-migration'
import { mailTables } from '@candor/mail/migration'
import type { NamedMigration } from '@candor/runtime/migrate'
import { requests } from './20261121T1010-requests.ts'
import { notices } from './20261122T0310-notices.ts'

export const migrations: readonly NamedMigration[] = [eventTables, mailTables, requests, tenantRules, notices]
