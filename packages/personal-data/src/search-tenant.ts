import type { ResidueReport } from '@candor/contracts/data-holder'
import type { Policy } from '@candor/contracts/policy/policy'
import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import { readCatalogue } from './catalogue.ts'
import type { DataMap } from './data-map.ts'
import { stays } from './tenant-remains.ts'

/**
 * Looks for the id of a business in every table of PostgreSQL's catalogue, also those no map mentions. Rows that outlive
 * the business are passed over.
 */
export async function searchTenant(
  trx: Transaction<any>,
  map: DataMap,
  { tenantId, now, policy }: { tenantId: string; now: Date; policy: Policy },
): Promise<ResidueReport> {
  const columns = await readCatalogue(trx)
  const report: ResidueReport = { columnsSearched: columns.length, residue: [] }
  for (const table of new Set(columns.map((column) => column.table))) {
    const isDeclared = table in map.tables
    const { rows } = await sql<{ rows: number }>`
      select count(*) as rows from ${sql.table(table)}
      where ${sql.ref(table)}::text like ${`%${tenantId}%`} and not ${isDeclared ? stays(map, table, policy, now) : sql`false`}`.execute(
      trx,
    )
    if (rows[0]!.rows > 0) report.residue.push({ table, column: '*', rows: rows[0]!.rows })
  }
  return report
}
