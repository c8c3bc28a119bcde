import type { Holding, SubjectRef } from '@candor/contracts/data-holder'
import type { Policy } from '@candor/contracts/policy/policy'
import { describeCategory } from '@candor/policy/describe-category'
import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import { personalColumns } from './data-map.ts'
import type { DataMap, SubjectKind } from './data-map.ts'
import { rowsOf } from './rows-of.ts'

/** Everything the tables hold about the person, grouped by table and category, with what the law asks to be told. */
export async function exportSubject(
  trx: Transaction<any>,
  map: DataMap,
  subject: SubjectRef,
  policy: Policy,
): Promise<Holding[]> {
  const holdings: Holding[] = []
  for (const [table, declared] of Object.entries(map.tables)) {
    for (const kind of ['visitor', 'staff'] as const) {
      const byCategory = Map.groupBy(personalColumns(declared, kind), ([, column]) => column.category)
      for (const [category, columns] of byCategory) {
        const names = columns.map(([name]) => name)
        const records = await readRecords(trx, map, table, kind, names, subject)
        if (records.length > 0) holdings.push({ table, ...describeCategory(category, policy), records })
      }
    }
  }
  return holdings
}

/** Columns left empty say nothing about anyone, so they and rows of nothing else stay out. */
async function readRecords(
  trx: Transaction<any>,
  map: DataMap,
  table: string,
  kind: SubjectKind,
  columns: string[],
  subject: SubjectRef,
): Promise<Record<string, unknown>[]> {
  const list = sql.join(columns.map((column) => sql.ref(column)))
  const { rows } = await sql<Record<string, unknown>>`
    select ${list} from ${sql.table(table)} where ${rowsOf(map, table, kind, subject)}`.execute(trx)
  const filled = rows.map((row) =>
    Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)),
  )
  return filled.filter((row) => Object.keys(row).length > 0).map(printable)
}

function printable(row: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(row).map(([name, value]) => [
    name,
    Buffer.isBuffer(value) ? value.toString('base64') : value,
  ])
  return JSON.parse(JSON.stringify(Object.fromEntries(entries)))
}
