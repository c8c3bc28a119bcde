import { eventTables } from '@candor/events/migration'
import { tenantRules } from '@candor/events/rules-migration'
import type { NamedMigration } from '@candor/runtime/migrate'
import { billingTables } from './20261121T1010-billing-tables.ts'

export const migrations: readonly NamedMigration[] = [eventTables, billingTables, tenantRules]
