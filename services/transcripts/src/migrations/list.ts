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
import { transcriptTables } from './20261121T1010-transcript-tables.ts'
import { wordIndex } from './20261121T1020-word-index.ts'
import { retention } from './20261122T0355-retention.ts'
import { tolerantSearch } from './20261122T0710-tolerant-search.ts'
import { statistics } from './20261122T0720-statistics.ts'
import { channels } from './20261122T0730-channels.ts'
import { figuresEnd } from './20261122T0910-figures-end.ts'

export const migrations: readonly NamedMigration[] = [
  eventTables,
  mailTables,
  transcriptTables,
  wordIndex,
  tenantRules,
  sweepTables,
  mailRetention,
  retention,
  restrictionTables({
    restrictedBy: {
      // The word index is read by the owner; see there.
      transcripts: { person: 'visitor_id', role: 'transcripts_app' },
      mail_queue: { person: 'subject_id', processing: 'mail-copies' },
    },
    foundByAddress: { transcripts: 'contact_email' },
  }),
  mailUnsubscribe,
  tolerantSearch,
  statistics,
  ledgerPosition,
  channels,
  mailThreads,
  disposalTables,
  figuresEnd,
]
