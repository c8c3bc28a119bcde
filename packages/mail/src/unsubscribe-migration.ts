import type { NamedMigration } from '@candor/runtime/migrate'
import { sql } from 'kysely'

/** Where a letter that may be stopped is stopped (RFC 8058). */
export const mailUnsubscribe: NamedMigration = {
  name: '20261122T0505-mail-unsubscribe',
  up: async (db) => {
    await sql`alter table mail_queue add column unsubscribe_url text`.execute(db)
  },
}
