import type { CategoryId } from '@candor/contracts/policy/categories'
import type { DataMap, TableLink, TableMap } from './data-map.ts'

/** The tables whose rows have a clock of their own, those that keep others before the ones they keep. */
export function clockedTables(map: DataMap): string[] {
  const ordered = new Set<string>()
  const visit = (name: string) => {
    const { keptBy } = map.tables[name]!
    if (keptBy) visit(keptBy.table)
    ordered.add(name)
  }
  for (const [name, { clock }] of Object.entries(map.tables)) if (clock) visit(name)
  return [...ordered]
}

/** How the tables whose rows go with those of `table` are tied to it. */
export function followersOf(map: DataMap, table: string): TableLink[] {
  return Object.entries(map.tables).flatMap(([name, { expires }]) =>
    expires?.table === table ? [{ ...expires, table: name }] : [],
  )
}

/** Those of them that have no clock of their own: they count from their parent's. */
export function dependentsOf(map: DataMap, table: string): TableLink[] {
  return followersOf(map, table).filter((follower) => !map.tables[follower.table]!.clock)
}

/** The category whose period decides when a row goes; undefined where the policy has no say in it. */
export function recordOf(table: TableMap): CategoryId | undefined {
  return table.record ?? table.figures?.of ?? categoriesOf(table)[0]
}

export function categoriesOf(table: TableMap): CategoryId[] {
  const all = Object.values(table.columns).flatMap((column) => (column.personal ? [column.category] : []))
  return [...new Set(all)]
}

/** The categories of a row and of all that goes with it. */
export function unitCategories(map: DataMap, table: string): CategoryId[] {
  const below = followersOf(map, table).flatMap((follower) => unitCategories(map, follower.table))
  const { figures } = map.tables[table]!
  return [...new Set([...categoriesOf(map.tables[table]!), ...(figures ? [figures.of] : []), ...below])]
}

/** The categories of a row and of what counts from its clock. */
export function clockedCategories(map: DataMap, table: string): CategoryId[] {
  const below = dependentsOf(map, table).flatMap((follower) => clockedCategories(map, follower.table))
  return [...new Set([...categoriesOf(map.tables[table]!), ...below])]
}

/** Columns of a category that can be emptied while their row stays. */
export function emptiedColumns(
  table: TableMap,
  category: CategoryId,
): { name: string; to: 'null' | 'word' }[] {
  return Object.entries(table.emptied ?? {}).flatMap(([name, to]) => {
    const column = table.columns[name]!
    return column.personal && column.category === category ? [{ name, to }] : []
  })
}
