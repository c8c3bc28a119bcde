import type { NamedMigration } from '@candor/runtime/migrate'
import { sql } from 'kysely'

/**
 * The rules of each tenant, in every service. They are settings that a business publishes; the watcher writes those of
 * all tenants at once, so the table carries no row-level security.
 */
export const tenantRules: NamedMigration = {
  name: '20261122T0300-tenant-rules',
  up: async (db) => {
    await sql`
      create table tenant_rules (
        tenant_id uuid primary key,
        revision bigint not null,
        rules jsonb not null,
        seen_at timestamptz not null)`.execute(db)
  },
}
