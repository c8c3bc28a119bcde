import type { NamedMigration } from '@candor/runtime/migrate'
import { protectTenantTable } from '@candor/runtime/protect'
import { sql } from 'kysely'

/** For services that send mail: listed after the event tables. */
export const mailTables: NamedMigration = {
  name: '20261121T1005-mail-tables',
  up: async (db) => {
    await sql`
      create table mail_queue (
        id uuid primary key,
        tenant_id uuid not null,
        once_key text not null,
        to_address text,
        subject_id uuid,
        subject text,
        text text,
        html text,
        created_at timestamptz not null,
        sent_at timestamptz,
        unique (tenant_id, once_key))`.execute(db)
    await protectTenantTable(db, 'mail_queue')
    await sql`
      create table mail_schedule (
        mail_id uuid primary key,
        tenant_id uuid not null,
        due_at timestamptz not null,
        attempts int not null)`.execute(db)
    await sql`create index mail_schedule_due on mail_schedule (due_at)`.execute(db)
  },
}
