import type { ServiceName } from '@candor/contracts/callers'
import { services } from '@candor/contracts/callers'
import type { Stack } from '../stack.ts'
import { asSuperuser, tenantTables } from './tenant-tables.ts'

/** A digest of all rows of a tenant, by service and table. */
export async function fingerprints(stack: Stack, tenantId: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const service of services) {
    await using database = asSuperuser(stack, service)
    for (const { table, tenant } of tenantTables[service]) {
      const [row] = await database.query(
        `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as digest
         from ${table} t where ${tenant} = $1`,
        [tenantId],
      )
      found[`${service}.${table}`] = String(row!.digest)
    }
  }
  return found
}

/** How many rows of a tenant one table has. */
export async function countOf(
  stack: Stack,
  service: ServiceName,
  table: string,
  tenantId: string,
): Promise<number> {
  await using database = asSuperuser(stack, service)
  return (await database.query(`select from ${table} where tenant_id = $1`, [tenantId])).affected
}
