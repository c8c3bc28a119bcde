import type { ErasedTable, ErasureReport, Kept, SubjectRef } from '@candor/contracts/data-holder'
import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import { personalColumns } from './data-map.ts'
import type { DataMap, SubjectKind } from './data-map.ts'
import { erasedWord } from './erased-word.ts'
import { redactMentions } from './redact-mentions.ts'
import { childrenFirst, rowsOf } from './rows-of.ts'

/**
 * Carries out what each column's disposition says, in one transaction, and reports counts and what stays with its
 * reason. A second run finds nothing more to do.
 */
export async function eraseSubject(
  trx: Transaction<any>,
  map: DataMap,
  subject: SubjectRef,
): Promise<ErasureReport> {
  const report: ErasureReport = { erased: [], kept: [] }
  for (const table of childrenFirst(map)) {
    for (const kind of ['visitor', 'staff'] as const) {
      const columns = personalColumns(map.tables[table]!, kind)
      if (columns.length === 0) continue
      report.kept.push(...(await countKept(trx, map, table, kind, subject)))
      const erased = columns.some(([, column]) => column.onErasure === 'delete')
        ? await deleteRows(trx, map, table, kind, subject)
        : await clearColumns(trx, map, table, kind, subject)
      if (erased.rows > 0) report.erased.push(erased)
    }
  }
  report.erased.push(...(await redactMentions(trx, map, subject)))
  return report
}

async function deleteRows(
  trx: Transaction<any>,
  map: DataMap,
  table: string,
  kind: SubjectKind,
  subject: SubjectRef,
): Promise<ErasedTable> {
  const { numAffectedRows } = await sql`
    delete from ${sql.table(table)} where ${rowsOf(map, table, kind, subject)}`.execute(trx)
  return { table, action: 'deleted', rows: Number(numAffectedRows ?? 0) }
}

async function clearColumns(
  trx: Transaction<any>,
  map: DataMap,
  table: string,
  kind: SubjectKind,
  subject: SubjectRef,
): Promise<ErasedTable> {
  const cleared = personalColumns(map.tables[table]!, kind).flatMap(([name, column]) => {
    if (column.onErasure === 'null') return [{ name, value: sql`null` }]
    return column.onErasure === 'anonymise' ? [{ name, value: sql`${erasedWord}` }] : []
  })
  if (cleared.length === 0) return { table, action: 'anonymised', rows: 0 }
  const set = sql.join(cleared.map(({ name, value }) => sql`${sql.ref(name)} = ${value}`))
  const still = sql.join(
    cleared.map(({ name, value }) => sql`${sql.ref(name)} is distinct from ${value}`),
    sql` or `,
  )
  const { numAffectedRows } = await sql`
    update ${sql.table(table)} set ${set} where ${rowsOf(map, table, kind, subject)} and (${still})`.execute(
    trx,
  )
  return { table, action: 'anonymised', rows: Number(numAffectedRows ?? 0) }
}

async function countKept(
  trx: Transaction<any>,
  map: DataMap,
  table: string,
  kind: SubjectKind,
  subject: SubjectRef,
): Promise<Kept[]> {
  const kept = new Map<string, Kept>()
  for (const [, { category, onErasure }] of personalColumns(map.tables[table]!, kind)) {
    if (typeof onErasure !== 'object') continue
    const { until } = onErasure
    const end = until
      ? sql`(date_trunc('year', max(${sql.ref(until.from)}) at time zone 'UTC') + make_interval(years => ${until.years + 1}))`
      : sql`null::timestamp`
    const { rows } = await sql<{ rows: number; until: Date | null }>`
      select count(*) as rows, ${end} at time zone 'UTC' as until
      from ${sql.table(table)} where ${rowsOf(map, table, kind, subject)}`.execute(trx)
    const found = rows[0]!
    if (found.rows > 0) {
      kept.set(category, {
        table,
        category,
        rows: found.rows,
        reason: onErasure.keep,
        until: found.until?.toISOString() ?? null,
      })
    }
  }
  return [...kept.values()]
}
