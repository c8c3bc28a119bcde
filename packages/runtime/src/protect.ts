import { sql } from 'kysely'
import type { Kysely } from 'kysely'

/** Functions that the policies of `protectTenantTable` call. Each service's first migration runs it. */
export async function createTenancyFunctions(db: Kysely<any>): Promise<void> {
  await sql`
    create function app_tenants() returns uuid[] language sql stable parallel safe as
    $$ select string_to_array(nullif(current_setting('app.tenants', true), ''), ',')::uuid[] $$`.execute(db)
  await sql`
    create function app_lookup() returns text language sql stable parallel safe as
    $$ select nullif(current_setting('app.lookup', true), '') $$`.execute(db)
}

/**
 * Forces row-level security: a row is seen by transactions of its tenant; with `lookup`, also by one that names that
 * column's value; with `hiddenBy`, not while the person in that uuid column has a tombstone.
 */
export async function protectTenantTable(
  db: Kysely<any>,
  table: string,
  options: { tenant?: string; lookup?: string; hiddenBy?: string } = {},
): Promise<void> {
  const name = sql.table(table)
  const tenant = sql.ref(options.tenant ?? 'tenant_id')
  const found = options.lookup ? sql` or ${sql.ref(options.lookup)}::text = (select app_lookup())` : sql``
  const own = sql`${tenant} = any ((select app_tenants())::uuid[])`
  await sql`alter table ${name} enable row level security`.execute(db)
  await sql`alter table ${name} force row level security`.execute(db)
  await sql`create policy tenant on ${name} using (${own}${found}) with check (${own})`.execute(db)
  if (!options.hiddenBy) return
  await sql`
    create policy hidden on ${name} as restrictive for select using (
      current_setting('app.sees_hidden', true) = 'on' or ${sql.ref(options.hiddenBy)} is null or not exists (
        select from tombstones where subject_hash = sha256(uuid_send(${sql.ref(options.hiddenBy)}))))`.execute(
    db,
  )
}

/**
 * Leaves out rows whose person, in that uuid column, had their processing restricted (GDPR article 18). Reads it from
 * `restrictions`, which has to be there. `processing` is one more use whose objection hides the rows.
 */
export async function restrictBy(
  db: Kysely<any>,
  table: string,
  person: string,
  { processing, role }: { processing?: string; role?: string } = {},
): Promise<void> {
  const stopped = ['everything', ...(processing ? [processing] : [])].map((word) => sql.lit(word))
  const to = role ? sql`to ${sql.ref(role)}` : sql``
  await sql`
    create policy restricted on ${sql.table(table)} as restrictive for select ${to} using (
      current_setting('app.sees_restricted', true) = 'on' or ${sql.ref(person)} is null or not exists (
        select from restrictions r where r.subject_id = ${sql.ref(`${table}.${person}`)} and r.processing in (${sql.join(stopped)})))`.execute(
    db,
  )
}
