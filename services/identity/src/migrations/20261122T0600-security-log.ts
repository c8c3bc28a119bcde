import type { NamedMigration } from '@candor/runtime/migrate'
import { sql } from 'kysely'

/**
 * Addresses and devices, and nothing that leads to another table: no tenant, no account, no session. Rows are seen and
 * removed only by a transaction that says it keeps the service secure, and changed by none.
 */
export const securityLog: NamedMigration = {
  name: '20261122T0600-security-log',
  up: async (db) => {
    await sql`
      create table security_log (
        id uuid primary key default gen_random_uuid(),
        seen_at timestamptz not null,
        expires_at timestamptz not null,
        what text not null,
        outcome text not null,
        address text not null,
        device text)`.execute(db)
    await sql`create index security_log_expired on security_log (expires_at)`.execute(db)
    await sql`create index security_log_address on security_log (address, seen_at)`.execute(db)
    await sql`alter table security_log enable row level security`.execute(db)
    await sql`alter table security_log force row level security`.execute(db)
    const isForSecurity = sql`current_setting('app.purpose', true) = 'keep-secure'`
    await sql`create policy add on security_log for insert with check (true)`.execute(db)
    await sql`create policy read_for_security on security_log for select using (${isForSecurity})`.execute(db)
    await sql`create policy end_for_security on security_log for delete using (${isForSecurity})`.execute(db)
    await sql`revoke update, truncate on security_log from identity_app`.execute(db)
  },
}
