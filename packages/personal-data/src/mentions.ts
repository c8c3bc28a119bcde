import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'

/**
 * SQL condition that holds where `text` names one of `needles`. An address counts only where it stands for itself:
 * `ada@example.org` is no part of `mada@example.org`, which is somebody else's.
 */
export function mentions(text: RawBuilder<unknown>, needles: readonly string[]): RawBuilder<boolean> {
  const lower = needles.map((needle) => needle.toLowerCase())
  return sql<boolean>`exists (
    select from unnest(${lower}::text[], ${lower.map(pattern)}::text[]) as sought (needle, pattern)
    where position(needle in lower(${text})) > 0 and lower(${text}) ~ pattern)`
}

/** SQL condition that holds where any column of the row `alias` may name one of `needles`: one pass over each row. */
export function rowMayMention(alias: string, needles: readonly string[]): RawBuilder<boolean> {
  const parts = needles.map((needle) => `%${needle.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`)
  return sql<boolean>`lower(${sql.ref(alias)}::text) like any (${parts}::text[])`
}

/** A PostgreSQL regular expression that matches an id anywhere, and an address where no longer one surrounds it. */
export function pattern(needle: string): string {
  const literal = needle.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  if (!needle.includes('@')) return literal
  return `(?<![[:alnum:]][._%+-]*)${literal}(?![[:alnum:]]|\\.[[:alnum:]])`
}
