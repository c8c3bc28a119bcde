import { ledgerPosition } from '@candor/events/ledger-migration'
import { eventTables } from '@candor/events/migration'
import { restrictionTables } from '@candor/events/restriction-migration'
import { tenantRules } from '@candor/events/rules-migration'
import { disposalTables } from '@candor/personal-data/disposals-migration'
import { sweepTables } from '@candor/personal-data/sweep-migration'
import type { NamedMigration } from '@candor/runtime/migrate'
import { conversations } from './20261121T1010-conversations.ts'
import { conversationSize } from './20261122T0210-conversation-size.ts'
import { retention } from './20261122T0355-retention.ts'
import { emptiedPartitions } from './20261122T0356-emptied-partitions.ts'
import { visits } from './20261122T0510-visits.ts'
import { restrictedVisits } from './20261122T0515-restricted-visits.ts'
import { droppedAtOnce } from './20261122T0660-dropped-at-once.ts'
import { channels } from './20261122T0710-channels.ts'
import { mail } from './20261122T0750-mail.ts'
import { mergedContacts } from './20261122T0920-merged-contacts.ts'
import { postMessages } from './20261122T1140-post-messages.ts'
import { changedAbout } from './20261122T1510-changed-about.ts'
import { postPlainMessages } from './20261122T1515-post-plain-messages.ts'
import { postMessage } from './20261122T1830-post-message.ts'

export const migrations: readonly NamedMigration[] = [
  eventTables,
  conversations,
  conversationSize,
  tenantRules,
  sweepTables,
  retention,
  emptiedPartitions,
  restrictionTables({
    restrictedBy: { contacts: { person: 'visitor_id' }, conversations: { person: 'visitor_id' } },
    foundByAddress: { contacts: 'email' },
  }),
  visits,
  restrictedVisits,
  droppedAtOnce,
  ledgerPosition,
  channels,
  mail,
  disposalTables,
  mergedContacts,
  postMessages,
  changedAbout,
  postPlainMessages,
  postMessage,
]
