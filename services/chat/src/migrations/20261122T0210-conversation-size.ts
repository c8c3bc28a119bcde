import type { NamedMigration } from '@candor/runtime/migrate'
import { sql } from 'kysely'

/** How much text a conversation holds. Those of before count from here on: none of them may be near the limit. */
export const conversationSize: NamedMigration = {
  name: '20261122T0210-conversation-size',
  up: async (db) => {
    await sql`alter table conversations add column text_bytes int not null default 0`.execute(db)
  },
}
