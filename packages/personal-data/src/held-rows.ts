import type { CategoryId } from '@candor/contracts/policy/categories'
import type { LegalHold } from '@candor/contracts/policy/tenant-rules'
import { personalColumns } from './data-map.ts'
import type { DataMap, SubjectKind, TableMap } from './data-map.ts'
import { categoriesOf } from './expiry-plan.ts'

/** The holds by category; of several on one the longest counts. */
export type Holds = ReadonlyMap<CategoryId, LegalHold>

export function holdsByCategory(holds: readonly LegalHold[]): Holds {
  const longestLast = holds.toSorted((a, b) => (a.until ?? 'z').localeCompare(b.until ?? 'z'))
  return new Map(longestLast.map((hold) => [hold.category, hold]))
}

/** Tables of which no row may go: something in it is held, or is found through it and is held. */
export function pinnedTables(map: DataMap, holds: Holds): Set<string> {
  const pinned = new Set<string>()
  const pin = (name: string) => {
    if (pinned.has(name)) return
    pinned.add(name)
    for (const parent of parentsOf(map, name)) pin(parent)
  }
  for (const [name, table] of Object.entries(map.tables))
    if (categoriesOf(table).some((category) => holds.has(category))) pin(name)
  return pinned
}

/**
 * What an erasure takes out of a row that is not deleted: what is not held and can be emptied. Where a hold pins the
 * row, the ids by which it is found again when the hold ends stay too.
 */
export function clearedColumns(
  table: TableMap,
  kind: SubjectKind,
  holds: Holds,
  isPinned: boolean,
): { name: string; to: 'null' | 'word' }[] {
  const link = table.subjects?.[kind]
  const by = link && 'by' in link ? link.by : {}
  const ids = [by.visitorIds, by.userIds].filter((column) => column !== undefined)
  const needed = new Set(!isPinned ? [] : ids.length > 0 ? ids : [by.emails])
  return personalColumns(table, kind).flatMap(([name, { category, onErasure }]) => {
    if (holds.has(category) || needed.has(name)) return []
    if (onErasure === 'null') return [{ name, to: 'null' as const }]
    if (onErasure === 'anonymise') return [{ name, to: 'word' as const }]
    const to = table.emptied?.[name]
    return onErasure === 'delete' && to ? [{ name, to }] : []
  })
}

function parentsOf(map: DataMap, name: string): string[] {
  const { subjects = {}, expires } = map.tables[name]!
  const through = Object.values(subjects).flatMap((link) => ('through' in link ? [link.through] : []))
  const keeping = Object.entries(map.tables).flatMap(([parent, { keptBy }]) =>
    keptBy?.table === name ? [parent] : [],
  )
  return [...through, ...(expires ? [expires.table] : []), ...keeping]
}
