import type { NamedMigration } from '@candor/runtime/migrate'
import { protectTenantTable } from '@candor/runtime/protect'
import { sql } from 'kysely'

/** Tables that only grow: the service's own role may add to them and read them, and nothing else. */
export const auditLog: NamedMigration = {
  name: '20261122T0600-audit-log',
  up: async (db) => {
    await sql`
      create table audit_entries (
        tenant_id uuid not null,
        position bigint not null check (position >= 0),
        at timestamptz not null,
        kind text not null check (kind in ('read', 'change', 'refusal', 'act')),
        role text not null,
        who text,
        what text not null,
        purpose text,
        reason text,
        object text,
        detail text,
        times int not null check (times > 0),
        primary key (tenant_id, position))`.execute(db)
    await sql`create index audit_entries_object on audit_entries (tenant_id, object, position)
      where object is not null`.execute(db)
    await sql`create index audit_entries_who on audit_entries (tenant_id, who, position)`.execute(db)
    await sql`create index audit_entries_what on audit_entries (tenant_id, what, position)`.execute(db)
    await sql`
      create table audit_nodes (
        tenant_id uuid not null,
        level int not null,
        index bigint not null,
        hash bytea not null check (length(hash) = 32),
        primary key (tenant_id, level, index))`.execute(db)
    await sql`
      create table audit_heads (
        tenant_id uuid not null,
        size bigint not null,
        jws text not null,
        signed_at timestamptz not null,
        primary key (tenant_id, size))`.execute(db)
    for (const table of ['audit_entries', 'audit_nodes', 'audit_heads']) {
      await protectTenantTable(db, table)
      await sql`revoke update, delete, truncate on ${sql.table(table)} from privacy_app`.execute(db)
    }
  },
}
