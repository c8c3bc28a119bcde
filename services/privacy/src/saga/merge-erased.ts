import type { ErasedTable } from '@candor/contracts/data-holder'

/**
 * Joins what a service reported before with what it reports now. A repeated erasure may tell of its first run again,
 * so the larger count of a table stands and nothing is counted twice.
 */
export function mergeErased(before: readonly ErasedTable[], now: readonly ErasedTable[]): ErasedTable[] {
  const merged = new Map<string, ErasedTable>()
  for (const entry of [...before, ...now]) {
    const key = `${entry.table} ${entry.action}`
    const known = merged.get(key)
    if (!known || known.rows < entry.rows) merged.set(key, entry)
  }
  return [...merged.values()]
}
