import type { Residue, ResidueReport, SubjectRef } from '@candor/contracts/data-holder'
import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { DataMap } from './data-map.ts'
import { readCatalogue } from './catalogue.ts'
import type { CatalogueColumn } from './catalogue.ts'

/**
 * Looks for the person's addresses and ids in every column that PostgreSQL's own catalogue lists, also those no map
 * mentions: the check on erasure must not believe what erasure believed. Columns that a law keeps are not residue.
 */
export async function searchResidue(
  trx: Transaction<any>,
  map: DataMap,
  subject: SubjectRef,
): Promise<ResidueReport> {
  const needles = [...subject.emails, ...subject.visitorIds, ...subject.userIds].map((needle) =>
    needle.toLowerCase(),
  )
  const columns = (await readCatalogue(trx)).filter((column) => !isKept(map, column))
  const residue: Residue[] = []
  for (const [table, found] of Map.groupBy(columns, (column) => column.table)) {
    if (needles.length === 0) continue
    const counts = sql.join(
      found.map(({ column }) => sql`count(*) filter (where ${mentions(column)}) as ${sql.ref(column)}`),
    )
    const tenant = found.some(({ column }) => column === 'tenant_id')
      ? sql`tenant_id = ${subject.tenantId}`
      : sql`true`
    const { rows } = await sql<Record<string, number>>`
      with needles as (select unnest(${needles}::text[]) as needle)
      select ${counts} from ${sql.table(table)} as searched where ${tenant}`.execute(trx)
    for (const [column, count] of Object.entries(rows[0]!))
      if (count > 0) residue.push({ table, column, rows: count })
  }
  return { columnsSearched: columns.length, residue }
}

function mentions(column: string) {
  return sql`exists (select from needles where position(needle in lower(searched.${sql.ref(column)}::text)) > 0)`
}

function isKept(map: DataMap, { table, column }: CatalogueColumn): boolean {
  const declared = map.tables[table]?.columns[column]
  return declared?.personal === true && typeof declared.onErasure === 'object'
}
