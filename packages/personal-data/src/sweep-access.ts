import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'

/**
 * Lets the sweep learn which tenants have rows in a table: row-level security shows a transaction only the tenants it
 * names. The owner, who cannot log in, may read the tables, and lends that to one function that answers tenants' ids
 * and nothing else, by one step of the index for each.
 */
export async function createTenantsOf(db: Kysely<any>): Promise<void> {
  await sql`
    create function tenants_of(source regclass) returns setof uuid language plpgsql security definer
    set search_path = pg_catalog, public, pg_temp as $$
    declare
      last uuid := '00000000-0000-0000-0000-000000000000';
      seen text := coalesce(current_setting('app.sees_hidden', true), '');
    begin
      perform set_config('app.sees_hidden', 'on', true);
      loop
        execute format('select tenant_id from %s where tenant_id > $1 order by tenant_id limit 1', source)
          into last using last;
        exit when last is null;
        return next last;
      end loop;
      perform set_config('app.sees_hidden', seen, true);
    end $$`.execute(db)
  await sql`revoke execute on function tenants_of from public`.execute(db)
}

/** For every table with a clock and row-level security. Its tenant column leads an index. */
export async function letSweep(db: Kysely<any>, ...tables: string[]): Promise<void> {
  for (const table of tables)
    await sql`create policy ${sql.id(sweepPolicy)} on ${sql.table(table)} for select to current_user using (true)`.execute(
      db,
    )
}

const sweepPolicy = 'sweep'

export async function listTenantsOf(db: Kysely<any>, table: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select tenants_of(${table}::regclass) as id`.execute(db)
  return rows.map(({ id }) => id)
}

export async function readSweptTables(db: Kysely<any>): Promise<string[]> {
  const { rows } = await sql<{ table: string }>`
    select tablename as table from pg_policies where policyname = ${sweepPolicy}`.execute(db)
  return rows.map(({ table }) => table)
}

/**
 * Lets a transaction see those who are being erased: their rows expire as others do. What is restricted stays out of
 * its sight, for then storing is all that may be done with it, and deleting is more (GDPR articles 4(2), 18(2)).
 */
export async function seeErased(trx: Transaction<any>): Promise<void> {
  await sql`select set_config('app.sees_hidden', 'on', true)`.execute(trx)
}
