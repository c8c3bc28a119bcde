import type { NamedMigration } from '@candor/runtime/migrate'
import { sql } from 'kysely'

/**
 * Further details of contacts, and contacts that staff made one. The row of the one that was merged stays, with its
 * pseudonym and address alone: by them the person is found, and their session goes on.
 */
export const mergedContacts: NamedMigration = {
  name: '20261122T0920-merged-contacts',
  up: async (db) => {
    await sql`
      alter table contacts
        add column details jsonb,
        add column merged_into uuid,
        add column person_id uuid not null generated always as (coalesce(merged_into, id)) stored,
        add foreign key (tenant_id, merged_into) references contacts (tenant_id, id) on delete cascade`.execute(
      db,
    )
    await sql`create index contacts_person on contacts (tenant_id, person_id)`.execute(db)
    await sql`create index contacts_phone on contacts (tenant_id, phone) where phone is not null`.execute(db)
  },
}
