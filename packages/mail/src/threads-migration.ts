import type { NamedMigration } from '@candor/runtime/migrate'
import { sql } from 'kysely'

/** A letter that answers a mail comes from the address that was written to, and says which mails it answers. */
export const mailThreads: NamedMigration = {
  name: '20261122T0740-mail-threads',
  up: async (db) => {
    await sql`alter table mail_queue add column from_address text, add column answers text`.execute(db)
  },
}
