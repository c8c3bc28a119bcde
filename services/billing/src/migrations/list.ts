import { ledgerPosition } from '@candor/events/ledger-migration'
import { eventTables } from '@candor/events/migration'
import { restrictionTables } from '@candor/events/restriction-migration'
import { tenantRules } from '@candor/events/rules-migration'
import { disposalTables } from '@candor/personal-data/disposals-migration'
import { sweepTables } from '@candor/personal-data/sweep-migration'
import type { NamedMigration } from '@candor/runtime/migrate'
import { billingTables } from './20261121T1010-billing-tables.ts'
import { retention } from './20261122T0355-retention.ts'

export const migrations: readonly NamedMigration[] = [
  eventTables,
  billingTables,
  tenantRules,
  sweepTables,
  retention,
  restrictionTables({}),
  ledgerPosition,
  disposalTables,
]
