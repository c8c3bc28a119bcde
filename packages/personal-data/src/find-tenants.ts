import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { DataMap } from './data-map.ts'

/**
 * The tenants that hold anything under an address. Runs in a lookup transaction: the policies of the tables let only
 * rows of that very address be seen.
 */
export async function findTenants(trx: Transaction<any>, map: DataMap, email: string): Promise<string[]> {
  const found = new Set<string>()
  for (const [table, { subjects, foundByAddress, tenant = 'tenant_id' }] of Object.entries(map.tables)) {
    if (!foundByAddress || tenant === null) continue
    for (const link of Object.values(subjects ?? {})) {
      if (!('by' in link) || !link.by.emails) continue
      const { rows } = await sql<{ tenant: string }>`
        select distinct ${sql.ref(tenant)} as tenant from ${sql.table(table)}
        where lower(${sql.ref(link.by.emails)}) = ${email}`.execute(trx)
      for (const row of rows) found.add(row.tenant)
    }
  }
  return [...found]
}
