import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { Database } from './tables.ts'

export async function upsertStaff(
  trx: Transaction<Database>,
  row: { tenantId: string; userId: string; name: string },
): Promise<void> {
  await sql`
    insert into staff (tenant_id, user_id, name) values (${row.tenantId}, ${row.userId}, ${row.name})
    on conflict (tenant_id, user_id) do update set name = excluded.name`.execute(trx)
}

export async function hasStaff(
  trx: Transaction<Database>,
  where: { tenantId: string; userId: string },
): Promise<boolean> {
  const { rows } = await sql`
    select from staff where tenant_id = ${where.tenantId} and user_id = ${where.userId}`.execute(trx)
  return rows.length > 0
}
