import type { NamedMigration } from '@candor/runtime/migrate'
import { sql } from 'kysely'

export const closedBusinesses: NamedMigration = {
  name: '20261122T0830-closed-businesses',
  up: async (db) => {
    await sql`alter table tenants add column closed_at timestamptz`.execute(db)
  },
}
