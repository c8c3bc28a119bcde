import type { ErasedTable, ErasureReport, Held, Kept, SubjectRef } from '@candor/contracts/data-holder'
import type { Policy } from '@candor/contracts/policy/policy'
import type { LegalHold } from '@candor/contracts/policy/tenant-rules'
import { lawOf } from '@candor/policy/laws'
import { sql } from 'kysely'
import type { RawBuilder, Transaction } from 'kysely'
import { personalColumns } from './data-map.ts'
import type { DataMap, End, SubjectKind } from './data-map.ts'
import { clearedColumns, holdsByCategory, pinnedTables } from './held-rows.ts'
import type { Holds } from './held-rows.ts'
import { emptyValue, limitOf } from './past-limit.ts'
import { redactMentions } from './redact-mentions.ts'
import { childrenFirst, rowsOf } from './rows-of.ts'

/**
 * Carries out what each column's disposition says, in one transaction, and reports counts and what stays with its
 * reason. What a legal hold is on stays untouched, and around it all that can be taken out is. A second run finds
 * nothing more to do, or goes on where a hold has ended.
 */
export async function eraseSubject(
  trx: Transaction<any>,
  map: DataMap,
  subject: SubjectRef,
  { holds: legalHolds, policy }: { holds: readonly LegalHold[]; policy: Policy },
): Promise<ErasureReport> {
  const holds = holdsByCategory(legalHolds)
  const pinned = pinnedTables(map, holds)
  const report: ErasureReport = { erased: [], kept: [] }
  const held: Held[] = []
  for (const table of childrenFirst(map)) {
    for (const kind of ['visitor', 'staff'] as const) {
      const columns = personalColumns(map.tables[table]!, kind)
      if (columns.length === 0) continue
      report.kept.push(...(await countKept(trx, map, table, kind, subject, policy)))
      held.push(...(await countHeld(trx, map, table, kind, subject, holds)))
      const isDeleted = columns.some(([, column]) => column.onErasure === 'delete') && !pinned.has(table)
      const erased = isDeleted
        ? await deleteRows(trx, map, table, kind, subject)
        : await clearColumns(trx, map, table, kind, subject, holds, pinned.has(table))
      if (erased.rows > 0) report.erased.push(erased)
    }
  }
  const { redacted, untouched } = await redactMentions(trx, map, subject, holds)
  report.erased.push(...redacted)
  held.push(...untouched)
  return held.length > 0 ? { ...report, held } : report
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
  holds: Holds,
  isPinned: boolean,
): Promise<ErasedTable> {
  const cleared = clearedColumns(map.tables[table]!, kind, holds, isPinned).map(({ name, to }) => ({
    name,
    value: emptyValue(to),
  }))
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

async function countHeld(
  trx: Transaction<any>,
  map: DataMap,
  table: string,
  kind: SubjectKind,
  subject: SubjectRef,
  holds: Holds,
): Promise<Held[]> {
  const columns = personalColumns(map.tables[table]!, kind)
  const erasable = columns.filter(([, { onErasure }]) => typeof onErasure !== 'object')
  const found = [...new Set(erasable.map(([, { category }]) => category))].flatMap(
    (category) => holds.get(category) ?? [],
  )
  if (found.length === 0) return []
  const { rows } = await sql<{ rows: number }>`
    select count(*) as rows from ${sql.table(table)} where ${rowsOf(map, table, kind, subject)}`.execute(trx)
  if (rows[0]!.rows === 0) return []
  return found.map(({ category, law, owner, until }) => ({ table, category, ...rows[0]!, law, owner, until }))
}

async function countKept(
  trx: Transaction<any>,
  map: DataMap,
  table: string,
  kind: SubjectKind,
  subject: SubjectRef,
  policy: Policy,
): Promise<Kept[]> {
  const kept = new Map<string, Kept>()
  for (const [, { category, onErasure }] of personalColumns(map.tables[table]!, kind)) {
    if (typeof onErasure !== 'object') continue
    const { until } = onErasure
    const end =
      until === 'by-law'
        ? sql`max(${limitOf(map, table, policy.categories[category].retention)})`
        : endOf(until)
    const law = until === 'by-law' ? lawOf(category, policy) : undefined
    const { rows } = await sql<{ rows: number; until: Date | null }>`
      select count(*) as rows, ${end} as until
      from ${sql.table(table)} where ${rowsOf(map, table, kind, subject)}`.execute(trx)
    const found = rows[0]!
    if (found.rows > 0) {
      kept.set(category, {
        table,
        category,
        rows: found.rows,
        reason: law ? `${onErasure.keep}: ${law}` : onErasure.keep,
        until: found.until?.toISOString() ?? null,
      })
    }
  }
  return [...kept.values()]
}

/** For as long as the reason lasts where no end is given. */
function endOf(until: Exclude<End, 'by-law'> | null): RawBuilder<unknown> {
  if (!until) return sql`null::timestamptz`
  if ('at' in until) return sql`max(${sql.ref(until.at)})`
  return sql`((date_trunc('year', max(${sql.ref(until.from)}) at time zone 'UTC') + make_interval(years => ${until.years + 1})) at time zone 'UTC')`
}
