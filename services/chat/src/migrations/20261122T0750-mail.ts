import { mailTables } from '@candor/mail/migration'
import { mailRetention } from '@candor/mail/retention-migration'
import { mailThreads } from '@candor/mail/threads-migration'
import { mailUnsubscribe } from '@candor/mail/unsubscribe-migration'
import type { NamedMigration } from '@candor/runtime/migrate'
import { protectTenantTable, restrictBy } from '@candor/runtime/protect'
import { sql } from 'kysely'

/** Mail as a channel: letters that wait to leave, and by which Message-IDs mails belong to conversations. */
export const mail: NamedMigration = {
  name: '20261122T0750-mail',
  up: async (db) => {
    for (const { up } of [mailTables, mailRetention, mailUnsubscribe, mailThreads]) await up(db)
    await restrictBy(db, 'mail_queue', 'subject_id')
    await sql`
      create table mails (
        tenant_id uuid not null,
        message_id text not null,
        conversation_id uuid not null,
        subject text,
        created_at timestamptz not null,
        primary key (tenant_id, message_id),
        foreign key (tenant_id, conversation_id) references conversations (tenant_id, id) on delete cascade)`.execute(
      db,
    )
    await sql`create index mails_conversation on mails (tenant_id, conversation_id, created_at)`.execute(db)
    await protectTenantTable(db, 'mails')
  },
}
