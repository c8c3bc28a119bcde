import type { CorrectableField, CorrectedColumn, SubjectRef } from '@candor/contracts/data-holder'
import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import { personalColumns } from './data-map.ts'
import type { DataMap } from './data-map.ts'
import { rowsOf } from './rows-of.ts'

/**
 * Puts the right value where the wrong one stands in the person's rows, in every column that the map says holds that
 * field. Capitals do not matter: an address that was typed otherwise is the same wrong address.
 */
export async function correctSubject(
  trx: Transaction<any>,
  map: DataMap,
  subject: SubjectRef,
  { field, from, to }: { field: CorrectableField; from: string | null; to: string },
): Promise<CorrectedColumn[]> {
  const corrected: CorrectedColumn[] = []
  for (const [table, declared] of Object.entries(map.tables)) {
    for (const kind of ['visitor', 'staff'] as const) {
      for (const [column, { corrects }] of personalColumns(declared, kind)) {
        if (corrects !== field) continue
        const is = sql.ref(column)
        const wrong = from === null ? sql`${is} is null` : sql`lower(${is}) = lower(${from})`
        const { numAffectedRows } = await sql`
          update ${sql.table(table)} set ${is} = ${to}
          where ${rowsOf(map, table, kind, subject)} and ${wrong} and ${is} is distinct from ${to}`.execute(
          trx,
        )
        if (numAffectedRows) corrected.push({ table, column, rows: Number(numAffectedRows) })
      }
    }
  }
  return corrected
}
