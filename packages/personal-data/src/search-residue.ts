import type { Residue, ResidueReport, SubjectRef } from '@candor/contracts/data-holder'
import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { DataMap } from './data-map.ts'
import { readCatalogue } from './catalogue.ts'
import type { CatalogueColumn } from './catalogue.ts'
import { mayMention, mentions } from './mentions.ts'

/**
 * Looks for the person's addresses and ids in every column that PostgreSQL's own catalogue lists, also those no map
 * mentions: the check on erasure must not believe what erasure believed. Columns that a law keeps are not residue.
 */
export async function searchResidue(
  trx: Transaction<any>,
  map: DataMap,
  subject: SubjectRef,
): Promise<ResidueReport> {
  const columns = (await readCatalogue(trx))
    .map((column) => ({ ...column, needles: needlesFor(map, column, subject) }))
    .filter(({ needles }) => needles.length > 0)
  const residue: Residue[] = []
  for (const [table, found] of Map.groupBy(columns, (column) => column.table)) {
    const counts = sql.join(
      found.map(
        ({ column, needles }) =>
          sql`count(*) filter (where ${mentions(asText(column), needles)}) as ${sql.ref(column)}`,
      ),
    )
    const candidates = sql.join(
      found.map(({ column, kind, needles }) => mayMention(sql`searched.${sql.ref(column)}`, kind, needles)),
      sql` or `,
    )
    const isTenants = found.some(({ column }) => column === 'tenant_id')
    const { rows } = await sql<Record<string, number>>`
      select ${counts} from ${sql.table(table)} as searched
      where ${isTenants ? sql`tenant_id = ${subject.tenantId}` : sql`true`}
        and (${candidates})`.execute(trx)
    for (const [column, count] of Object.entries(rows[0]!))
      if (count > 0) residue.push({ table, column, rows: count })
  }
  return { columnsSearched: columns.length, residue }
}

function asText(column: string) {
  return sql`searched.${sql.ref(column)}::text`
}

/** What must not be found in a column: all that names the person, less what the map says is kept of them there. */
function needlesFor(map: DataMap, { table, column }: CatalogueColumn, subject: SubjectRef): string[] {
  const { emails, visitorIds, userIds } = subject
  const declared = map.tables[table]?.columns[column]
  if (declared?.personal === false && declared.published) return []
  // What belongs to nobody must name nobody.
  const isKept =
    declared?.personal === true && declared.of !== 'nobody' && typeof declared.onErasure === 'object'
  if (!isKept) return [...emails, ...visitorIds, ...userIds]
  return declared.of === 'staff' ? visitorIds : []
}
