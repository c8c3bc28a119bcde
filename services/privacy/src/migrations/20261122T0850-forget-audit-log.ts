import type { NamedMigration } from '@candor/runtime/migrate'
import { sql } from 'kysely'

/**
 * The audit log of a business goes with its account and never before: the app role may not delete from it, and the
 * function that may asks for the tombstone of the business.
 */
export const forgetAuditLog: NamedMigration = {
  name: '20261122T0850-forget-audit-log',
  up: async (db) => {
    await sql`
      create function forget_audit_log(log regclass, tenant uuid) returns bigint
      language plpgsql security definer set search_path = public as $$
      declare
        gone bigint;
      begin
        if log::text not in ('audit_entries', 'audit_nodes', 'audit_heads') then
          raise exception 'not a part of the audit log';
        end if;
        if not exists (select from tombstones where subject_hash = sha256(uuid_send(tenant))) then
          return 0;
        end if;
        execute format('delete from %s where tenant_id = $1', log) using tenant;
        get diagnostics gone = row_count;
        return gone;
      end $$`.execute(db)
    await sql`revoke execute on function forget_audit_log from public`.execute(db)
  },
}
