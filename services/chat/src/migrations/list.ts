import { eventTables } from '@candor/events/migration'
import { tenantRules } from '@candor/events/rules-migration'
import type { NamedMigration } from '@candor/runtime/migrate'
import { conversations } from './20261121T1010-conversations.ts'
import { conversationSize } from './20261122T0210-conversation-size.ts'

export const migrations: readonly NamedMigration[] = [
  eventTables,
  conversations,
  conversationSize,
  tenantRules,
]
