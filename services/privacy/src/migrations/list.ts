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
import { requests } from './20261121T1010-requests.ts'
import { notices } from './20261122T0310-notices.ts'
import { retention } from './20261122T0355-retention.ts'
import { acknowledgementsExpire } from './20261122T0357-acknowledgements-expire.ts'
import { requestKinds } from './20261122T0410-request-kinds.ts'
import { consent } from './20261122T0510-consent.ts'
import { marketing } from './20261122T0520-marketing.ts'
import { auditLog } from './20261122T0600-audit-log.ts'
import { evidenceLog } from './20261122T0605-evidence-log.ts'
import { registers } from './20261122T0610-registers.ts'
import { evidenceCorrected } from './20261122T0615-evidence-corrected.ts'
import { erasureLedger } from './20261122T0820-erasure-ledger.ts'
import { closures } from './20261122T0840-closures.ts'
import { forgetAuditLog } from './20261122T0850-forget-audit-log.ts'
import { disposalReceipts } from './20261122T0910-disposal-receipts.ts'
import { instructions } from './20261122T0925-instructions.ts'

export const migrations: readonly NamedMigration[] = [
  eventTables,
  mailTables,
  requests,
  tenantRules,
  notices,
  sweepTables,
  mailRetention,
  retention,
  acknowledgementsExpire,
  restrictionTables({}),
  requestKinds,
  mailUnsubscribe,
  consent,
  marketing,
  auditLog,
  evidenceLog,
  registers,
  evidenceCorrected,
  ledgerPosition,
  erasureLedger,
  closures,
  forgetAuditLog,
  mailThreads,
  disposalTables,
  disposalReceipts,
  instructions,
  rootKeys,
]
