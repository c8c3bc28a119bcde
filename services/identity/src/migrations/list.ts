import { ledgerPosition } from '@candor/events/ledger-migration'
import { eventTables } from '@candor/events/migration'
import { restrictionTables } from '@candor/events/restriction-migration'
import { tenantRules } from '@candor/events/rules-migration'
import { mailTables } from '@candor/mail/migration'
import { mailRetention } from '@candor/mail/retention-migration'
import { mailThreads } from '@candor/mail/threads-migration'
import { mailUnsubscribe } from '@candor/mail/unsubscribe-migration'
import { disposalTables } from '@candor/personal-data/disposals-migration'
import { sweepTables } from '@candor/personal-data/sweep-migration'
import type { NamedMigration } from '@candor/runtime/migrate'
import { rootKeys } from '@candor/service/root-key-migration'
import { accounts } from './20261121T1010-accounts.ts'
import { sessions } from './20261121T1015-sessions.ts'
import { retention } from './20261122T0355-retention.ts'
import { securityLog } from './20261122T0600-security-log.ts'
import { briefedStaff } from './20261122T0605-briefed-staff.ts'
import { closedBusinesses } from './20261122T0830-closed-businesses.ts'
import { endedSessions } from './20261122T1150-ended-sessions.ts'
import { onlyBusiness } from './20261122T1905-only-business.ts'

export const migrations: readonly NamedMigration[] = [
  eventTables,
  mailTables,
  accounts,
  sessions,
  tenantRules,
  sweepTables,
  mailRetention,
  retention,
  restrictionTables({}),
  mailUnsubscribe,
  securityLog,
  briefedStaff,
  ledgerPosition,
  closedBusinesses,
  mailThreads,
  disposalTables,
  endedSessions,
  onlyBusiness,
  rootKeys,
]
