import { letSweep } from '@candor/personal-data/sweep-access'
import type { NamedMigration } from '@candor/runtime/migrate'
import { protectTenantTable } from '@candor/runtime/protect'
import { sql } from 'kysely'

/** The history of consent: a row is never changed, and the newest of a holder says what holds. */
export const consent: NamedMigration = {
  name: '20261122T0510-consent',
  up: async (db) => {
    await sql`
      create table consent_log (
        id uuid not null,
        tenant_id uuid not null,
        visitor_id uuid,
        user_id uuid,
        recorded_at timestamptz not null,
        action text not null check (action in ('recorded', 'withdrawn')),
        source text not null,
        text text not null,
        text_version int not null,
        given text[] not null,
        refused text[] not null,
        holds text[] not null,
        do_not_track boolean not null,
        global_privacy_control boolean not null,
        primary key (tenant_id, id),
        check (num_nonnulls(visitor_id, user_id) = 1))`.execute(db)
    await sql`create index consent_log_visitor on consent_log (tenant_id, visitor_id, id desc)`.execute(db)
    await sql`create index consent_log_user on consent_log (tenant_id, user_id, id desc)`.execute(db)
    await sql`create index consent_log_age on consent_log (tenant_id, recorded_at)`.execute(db)
    await protectTenantTable(db, 'consent_log', { hiddenBy: 'visitor_id' })
    await letSweep(db, 'consent_log')
  },
}
